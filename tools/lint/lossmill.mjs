// The lint rule behind the promise of equal bits: everything outside backend-naive may use only those Math functions
// whose result every engine must round correctly, and the constant PI. `Math.exp`, `**` and the rest differ in their last bits between engines.
const EXACT = new Set([
  "PI",
  "abs",
  "ceil",
  "clz32",
  "floor",
  "fround",
  "imul",
  "max",
  "min",
  "round",
  "sign",
  "sqrt",
  "trunc",
]);

const exactMath = {
  meta: { type: "problem", docs: { description: "allow only exactly rounded Math functions" } },
  create(context) {
    const refuse = (node, what) =>
      context.report({
        node,
        message: `${what} is not the same on every engine; use @lossmill/core's own functions (allowed: ${[...EXACT].join(", ")})`,
      });
    return {
      MemberExpression(node) {
        if (node.object.type !== "Identifier" || node.object.name !== "Math") return;
        if (node.computed) refuse(node, "Math[…]");
        else if (!EXACT.has(node.property.name)) refuse(node, `Math.${node.property.name}`);
      },
      VariableDeclarator(node) {
        if (node.init?.type === "Identifier" && node.init.name === "Math") refuse(node, "taking Math apart");
      },
      BinaryExpression(node) {
        if (node.operator === "**") refuse(node, "**");
      },
      AssignmentExpression(node) {
        if (node.operator === "**=") refuse(node, "**=");
      },
    };
  },
};

export default { meta: { name: "lossmill" }, rules: { "exact-math": exactMath } };
