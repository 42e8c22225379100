/** Ten people who move between a, b and c, come late, and begin in two states. */
export const ten = {
  id: [1, 1, 2, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 10],
  start: [0, 3, 0, 2, 5, 0, 1, 0, 4, 0, 2, 0, 6, 3, 0, 4],
  stop: [3, 8, 2, 5, 7, 4, 6, 4, 9, 9, 5, 6, 8, 7, 4, 6],
  to: ['b', 'c', 'b', 'a', 'c', 'c', 'c', 'b', '', '', 'b', 'b', 'a', 'c', 'b', 'c'],
  from: ['a', 'b', 'a', 'b', 'a', 'a', 'a', 'a', 'b', 'b', 'a', 'a', 'b', 'b', 'a', 'b'],
};
export const tenWeights = [1, 1, 2, 2, 2, 0.5, 1.5, 3, 3, 1, 0.7, 1.2, 1.2, 0.8, 2, 2];
export const abc = { states: ['a', 'b', 'c'] };
