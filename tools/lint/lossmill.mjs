// The lint rules behind the promise of equal bits.
//
// exact-math: everything outside backend-naive may use only those Math functions whose result every engine must round
// correctly, and the constant PI. `Math.exp`, `**` and the rest differ in their last bits between engines.
//
// plain-loops: what runs from element to element is a loop (decision 0025).
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

/** Array methods that V8 copies into their callers, calls of the given function and all. */
const CALLERS = new Set(["every", "filter", "find", "findIndex", "flatMap", "forEach", "map", "some"]);

const nameOfCall = ({ callee }) => (callee.type === "MemberExpression" && !callee.computed ? callee.property.name : "");

const plainLoops = {
  meta: { type: "problem", docs: { description: "carry numbers from one element to the next by plain loops only" } },
  create(context) {
    /** The functions given to such methods that one is in. */
    const given = [];
    const isGiven = ({ parent }) => parent.type === "CallExpression" && CALLERS.has(nameOfCall(parent));
    const enter = (node) => isGiven(node) && given.push(node);
    const leave = (node) => isGiven(node) && given.pop();
    const isOutside = (name, { range }, node) => {
      let scope = context.sourceCode.getScope(node);
      while (scope !== null && !scope.set.has(name)) scope = scope.upper;
      return scope === null || scope.block.range[0] < range[0];
    };
    const refuse = (node, what) =>
      context.report({ node, message: `${what}: use a loop, or sumOf (docs/decisions/0025-plain-loops.md)` });
    const assigned = (node, { type, name }) => {
      if (type !== "Identifier" || given.length === 0 || !isOutside(name, given.at(-1), node)) return;
      refuse(node, `an array method's function assigns to ${name}, which outlives it`);
    };
    return {
      ArrowFunctionExpression: enter,
      "ArrowFunctionExpression:exit": leave,
      FunctionExpression: enter,
      "FunctionExpression:exit": leave,
      AssignmentExpression: (node) => assigned(node, node.left),
      UpdateExpression: (node) => assigned(node, node.argument),
      CallExpression(node) {
        if (/^reduce(Right)?$/.test(nameOfCall(node))) refuse(node, `.${nameOfCall(node)}()`);
      },
    };
  },
};

export default { meta: { name: "lossmill" }, rules: { "exact-math": exactMath, "plain-loops": plainLoops } };
