/** What this step needs of the kinds of nodes of Vue's compiler. */
const [element, text, interpolation, branch, loop] = [1, 2, 5, 10, 11];
const component = 1;
/** What holds nothing but bare text. */
const bare = ['option', 'textarea', 'title', 'text'];

const isText = ({ type }) => type === text || type === interpolation;
const wordText = (children) => ({
  type: element,
  ns: 0,
  tag: 'WordText',
  tagType: component,
  props: [],
  children,
  codegenNode: undefined,
  loc: children[0].loc,
});

/**
 * A step of Vue's template compiler: each stretch of text with a `{{ … }}` in it gets `<WordText>` around it, so that no page of either app has to
 * remember where its lines may break.
 */
export function inWords(node) {
  if (![element, branch, loop].includes(node.type) || [...bare, 'WordText'].includes(node.tag)) return;
  const stretches = [];
  for (const [index, child] of node.children.entries()) {
    const goesOn = index > 0 && isText(node.children[index - 1]) && isText(child);
    if (goesOn) stretches.at(-1).push(child);
    else stretches.push([child]);
  }
  const worded = stretches.flatMap((stretch) => (stretch.some(({ type }) => type === interpolation) ? [wordText(stretch)] : stretch));
  // The compiler holds on to the list.
  node.children.splice(0, node.children.length, ...worded);
}
