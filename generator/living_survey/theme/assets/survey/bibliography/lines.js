// Returns a function from places in a text, asked for in their order, to the lines on which they are, from 1.
export const lineCounter = (text) => {
  let [line, counted] = [1, 0]
  return (place) => {
    for (; counted < place; counted += 1) if (text[counted] === "\n") line += 1
    return line
  }
}
