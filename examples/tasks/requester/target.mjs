// Which server to try, from the words of a command line: URL, or -- COMMAND.

const words = process.argv.slice(2);

/**
 * The URL of a running server, or the command of one to start.
 *
 * @type {{ url: string } | { command: string[] }}
 */
export const server = words[0] === '--' ? { command: words.slice(1) } : { url: words[0] };
