/* In JupyterLab a chapter reads like its page: {glue}`key` is the number that its cells bound, and
 * {check}`words <key>` are words that the data bear, or are marked.
 *
 * JupyterLab loads this file as a container of "module federation", which is an object with `init`
 * and `get`; so it needs no build.  A text is rewritten just before JupyterLab renders it, never in
 * the notebook; whenever outputs change, the texts that rest on them are rendered again.
 */
(() => {
  const BOUND = "application/papermill.record/"; // as MyST-NB's glue marks what is for the page
  const ROLE = /(?<![`\\])\{([\w:]+)\}(?:``([\s\S]+?)``|`([^`]+)`)(?!`)/g;
  const DIRECTIVE = /^(`{3,})\{([\w:-]+)\} *(\S*)\n([\s\S]*?)^\1 *$/gm;
  const STYLE = `
    .bound { border-bottom: 1px dotted var(--jp-ui-font-color3); }
    .bound-missing { color: var(--jp-ui-font-color2); background: var(--jp-layout-color2);
      padding: 0 0.2em; }`;

  const entities = (text) => text.replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0)};`);
  const span = (kind, words, title) =>
    `<span class="${kind}" title="${entities(title)}">${entities(words)}</span>`;

  const made = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });

  /** What a tag of a bound number says of it. */
  const title = (html) =>
    new DOMParser().parseFromString(String(html ?? ""), "text/html").querySelector("data")?.title ?? "";

  /** Bound values and names of figures of a notebook, from its cells as they are now. */
  function known(notebook) {
    const book = notebook.getMetadata("book") ?? {};
    const found = { values: {}, figures: {}, titles: book.titles ?? {} };
    for (const cell of notebook.cells) {
      if (cell.type === "markdown") {
        for (const [, , name, figure] of cell.sharedModel.getSource().matchAll(DIRECTIVE)) {
          if (name !== "glue:figure") continue;
          const number = Object.keys(found.figures).length + 1;
          found.figures[figure] = `Fig. ${book.chapter ? `${book.chapter}.` : ""}${number}`;
        }
      }
      for (let i = 0; i < (cell.outputs?.length ?? 0); i++) {
        const { data, metadata } = cell.outputs.get(i);
        const words = data[`${BOUND}text/plain`];
        if (metadata.scrapbook && words !== undefined) {
          const tag = data[`${BOUND}text/html`];
          found.values[metadata.scrapbook.name] = { words: String(words), title: title(tag) };
        }
      }
    }
    return found;
  }

  /** The text of a chapter's cell as Markdown that JupyterLab prints. */
  function written(text, { values, figures, titles }) {
    const role = (whole, name, nested, plain) => {
      const content = plain ?? nested.replace(ROLE, role).trim();
      const [, title, target] = content.match(/^([\s\S]*?)\s*<([^>]+)>$/) ?? [, "", content];
      switch (name) {
        case "glue": {
          const key = target.replaceAll("_", "-");
          const value = values[target] ?? values[key];
          return value
            ? span("bound", value.words, value.title || key)
            : span("bound-missing", key, "Run the cells: one of them gives this");
        }
        case "check": {
          const answer = values[target.replaceAll("_", "-")]?.words;
          return answer === "yes" ? span("bound", title, "The data bear these words") : span("bound-missing", title, answer === undefined
            ? "Run the cells: one of them checks these words"
            : `The data no longer say so: the comparison answers "${answer}"`);
        }
        case "cite": return `(${target.replaceAll(",", ", ")})`;
        case "numref": return title || figures[target] || target;
        case "doc": return `*${title || titles[target.split("/").pop()] || target}*`;
        case "term": case "ref": case "claim": case "datapage": return title || target;
        default: return whole;
      }
    };
    const directive = (whole, _, name, argument, body) => {
      const words = body.replace(/^:[\w-]+:.*\n+/gm, "").trim();
      if (name === "glue:figure") return `**${figures[argument] ?? argument}.** ${words}`;
      if (name === "list-table") { // a table with upright lines; its first row is the head
        const rows = words.split(/^\* - /m).filter((row) => row.trim())
          .map((row) => `| ${row.trim().split(/\n  - /).join(" | ")} |`);
        return [rows[0], rows[0].replace(/[^|]+/g, "---"), ...rows.slice(1)].join("\n");
      }
      if (name === "glossary") return words.replace(/^(\S.*)/gm, "**$1**<br>").replace(/^ +/gm, "");
      return name === "bibliography" ? "*The sources are listed on the page of the book.*" : whole;
    };
    const plain = text.replace(DIRECTIVE, directive).replace(ROLE, role).replace(/^:{3,}.*\n?/gm, "");
    // A dollar is money: JupyterLab would take what stands between two of them for mathematics.
    const money = (part, isCode) => (isCode ? part : part.replace(/\\?\$/g, "&#36;"));
    return plain.split(/(`+[^`]*`+)/).map((part, i) => money(part, i % 2)).join("");
  }

  function activate(tracker, { MimeModel, markdownRendererFactory }) {
    tracker.widgetAdded.connect((_, panel) => {
      if (!panel.context.path.endsWith(".md")) return;
      const { content: notebook, context } = panel;
      const texts = new Set(); // each renders a text of this notebook again if it has changed
      notebook.rendermime.addFactory({
        ...markdownRendererFactory,
        createRenderer(options) {
          const renderer = markdownRendererFactory.createRenderer(options);
          const render = renderer.renderModel.bind(renderer);
          let last, given;
          const draw = async (found) => {
            const text = written(given.data["text/markdown"], found);
            if (text === last) return;
            last = text;
            await render(new MimeModel({ data: { "text/markdown": text }, trusted: given.trusted }));
          };
          renderer.renderModel = async (model) => {
            given = model;
            last = undefined;
            texts.add(draw);
            await draw(known(notebook.model));
          };
          renderer.disposed.connect(() => texts.delete(draw));
          return renderer;
        },
      });
      let waiting = 0;
      const soon = () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          if (panel.isDisposed || !notebook.model) return;
          const found = known(notebook.model);
          texts.forEach((draw) => draw(found));
        }, 150);
      };
      context.ready.then(() => { context.model.contentChanged.connect(soon); soon(); });
    });
    document.head.append(made("style", STYLE));
  }

  let scope;
  const shared = async (name) => (await Object.values(scope[name])[0].get())();
  (window._JUPYTERLAB ??= {})["bound-text"] = {
    init(given) { scope = given; },
    async get() {
      const { INotebookTracker } = await shared("@jupyterlab/notebook");
      const rendermime = await shared("@jupyterlab/rendermime");
      const plugin = {
        id: "bound-text:plugin",
        autoStart: true,
        requires: [INotebookTracker],
        activate: (_, tracker) => activate(tracker, rendermime),
      };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
