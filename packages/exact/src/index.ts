/** The exact distribution of a book's annual loss: what every simulation is held against. */
export {
  type ExactAnswer,
  type ExactDistribution,
  type ExactFigure,
  type ExactGrid,
  type ExactOptions,
  type ExactQuantile,
  exactAnswer,
} from "./exact-answer.ts";
