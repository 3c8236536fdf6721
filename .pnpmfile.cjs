// The node-* packages publish `os` and `cpu` as strings; pnpm only skips other systems' builds when they are arrays.
const asArray = (value) => (typeof value === "string" ? [value] : value);

module.exports = {
  hooks: {
    readPackage(pkg) {
      if (/^node-(bin-)?(linux|darwin|win)-/.test(pkg.name)) {
        pkg.os = asArray(pkg.os);
        pkg.cpu = asArray(pkg.cpu);
      }
      return pkg;
    },
  },
};
