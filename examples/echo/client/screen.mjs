// The printed form of a demonstration: aligned rows, each with the time it took.
// There is colour on a terminal, unless NO_COLOR is set.

const styles = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 };
const widths = { label: 15, columns: [23, 32], time: 8 };

export class Screen {
  /** How many rows were not as they should be. */
  surprises = 0;
  #out;
  #coloured;
  #start = performance.now();

  constructor(out) {
    this.#out = out;
    this.#coloured = out.isTTY && !process.env.NO_COLOR;
  }

  heading(text) {
    this.#line('');
    this.#line(this.#paint('bold', text));
  }

  /**
   * Runs one step and prints its row. The step answers what to show, what is
   * wrong with it, if anything, and a value to hand on.
   */
  async step(label, run) {
    const start = performance.now();
    const took = () => performance.now() - start;
    try {
      const { value, show, wrong } = await run();
      this.row({ label, show, wrong, took: took() });
      return value;
    } catch (error) {
      this.row({ label, show: [], wrong: error.message, took: took() });
      throw error;
    }
  }

  row({ label, show, wrong, took }) {
    const columns = widths.columns.map((width, i) => fit(show[i], width));
    const time = `${took.toFixed(1)} ms`.padStart(widths.time);
    this.#line(
      `${this.#mark(wrong)} ${this.#paint('cyan', fit(label, widths.label))}${columns.join('')}${this.#paint('dim', time)}`,
    );
    if (!wrong) return;
    this.surprises++;
    this.#line(this.#paint('red', `  ${fit('', widths.label)}${wrong}`));
  }

  /** Prints text as it is, if there is any. */
  note(text) {
    if (text) this.#line(text.trimEnd());
  }

  /** Prints how it all went: praise, when there was no surprise. */
  verdict(praise) {
    const seconds = ((performance.now() - this.#start) / 1000).toFixed(2);
    this.#line('');
    if (this.surprises > 0) this.#line(this.#paint('red', `✗ ${this.surprises} not as they should be, ${seconds} s`));
    else this.#line(`${this.#paint('green', `✓ ${praise}`)} ${this.#paint('dim', `${seconds} s`)}`);
  }

  #mark(wrong) {
    return wrong ? this.#paint('red', '✗') : this.#paint('green', '✓');
  }

  #paint(style, text) {
    return this.#coloured ? `\x1b[${styles[style]}m${text}\x1b[0m` : text;
  }

  #line(text) {
    this.#out.write(`${text.trimEnd()}\n`);
  }
}

/** The first line of text, cut or filled up to width. */
function fit(text = '', width) {
  const [line] = text.split('\n');
  return line.length < width ? line.padEnd(width) : `${line.slice(0, width - 2)}… `;
}
