// The editor of playbooks: Monaco, from this server. What is proposed, said of a word and marked as wrong comes from the server, by the rules of `responder validate`.
"use strict";
const files = new URL("_content/BlazorMonaco/lib/monaco-editor/min/vs", document.baseURI).href;
let loading;
const pages = new Map();

function load() {
  return loading ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = `${files}/loader.js`;
    script.onerror = () => fail(new Error("The editor can't be loaded."));
    script.onload = () => {
      window.require.config({ paths: { vs: files } });
      window.require(["vs/editor/editor.main"], () => {
        // The dark theme's own comments are too faint to be read by everybody.
        window.monaco.editor.defineTheme("dark", { base: "vs-dark", inherit: true, rules: [{ token: "comment", foreground: "9cc98a" }], colors: {} });
        propose(window.monaco);
        done(window.monaco);
      }, fail);
    };
    document.head.append(script);
  });
}

function propose(monaco) {
  monaco.languages.registerCompletionItemProvider("yaml", {
    triggerCharacters: [":", " ", ".", "$"],
    async provideCompletionItems(model, at) {
      const page = pages.get(model.id);
      if (!page) { return { suggestions: [] }; }
      const word = model.getWordUntilPosition(at);
      const line = model.getLineContent(at.lineNumber);
      const start = line.slice(0, at.column - 1).search(/[\w.\-]*$/) + 1;
      const found = await page.invokeMethodAsync("Complete", model.getValue(), at.lineNumber, at.column);
      return {
        suggestions: found.map(one => ({
          label: one.label, detail: one.detail, documentation: one.about, insertText: one.insert,
          kind: monaco.languages.CompletionItemKind[one.kind] ?? monaco.languages.CompletionItemKind.Property,
          range: { startLineNumber: at.lineNumber, endLineNumber: at.lineNumber, startColumn: Math.min(start, word.startColumn), endColumn: word.endColumn },
        })),
      };
    },
  });
  monaco.languages.registerHoverProvider("yaml", {
    async provideHover(model, at) {
      const page = pages.get(model.id);
      const text = page ? await page.invokeMethodAsync("About", model.getValue(), at.lineNumber, at.column) : null;
      return text ? { contents: text.map(value => ({ value })) } : null;
    },
  });
}

export async function create(element, page, text, readOnly) {
  const monaco = await load();
  const editor = monaco.editor.create(element, {
    value: text, language: "yaml", readOnly, automaticLayout: true, minimap: { enabled: false }, scrollBeyondLastLine: false, fixedOverflowWidgets: true,
    theme: window.responder.isDark() ? "dark" : "vs", tabSize: 2, insertSpaces: true, ariaLabel: "The playbook's text", unicodeHighlight: { ambiguousCharacters: true, invisibleCharacters: true },
  });
  const model = editor.getModel();
  pages.set(model.id, page);
  let pause = 0;
  const tell = () => { clearTimeout(pause); pause = 0; page.invokeMethodAsync("Changed", model.getValue()); };
  editor.onDidChangeModelContent(() => { clearTimeout(pause); pause = setTimeout(tell, 350); });
  // Who goes elsewhere leaves nothing behind that was not kept.
  editor.onDidBlurEditorText(() => { if (pause) { tell(); } });
  let line = 0;
  editor.onDidChangeCursorPosition(moved => {
    if (moved.position.lineNumber !== line) { line = moved.position.lineNumber; page.invokeMethodAsync("At", line); }
  });
  return {
    text: () => model.getValue(),
    setText: value => model.setValue(value),
    mark: problems => monaco.editor.setModelMarkers(model, "responder", problems.map(one => ({
      startLineNumber: one.line, startColumn: one.column, endLineNumber: one.line, endColumn: Math.max(one.column + 1, model.getLineMaxColumn(Math.min(one.line, model.getLineCount()))),
      message: one.message, code: one.rule, severity: one.isError ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    }))),
    show: at => { editor.revealLineInCenter(at); editor.setPosition({ lineNumber: at, column: 1 }); editor.focus(); },
    dispose: () => { pages.delete(model.id); editor.dispose(); model.dispose(); },
  };
}

export async function compare(element, before, after, merge) {
  const monaco = await load();
  const editor = monaco.editor.createDiffEditor(element, {
    readOnly: !merge, originalEditable: false, renderMarginRevertIcon: true, automaticLayout: true, renderSideBySide: innerWidth > 900, theme: window.responder.isDark() ? "dark" : "vs",
  });
  const model = { original: monaco.editor.createModel(before, "yaml"), modified: monaco.editor.createModel(after, "yaml") };
  editor.setModel(model);
  return { text: () => model.modified.getValue(), dispose: () => { editor.dispose(); model.original.dispose(); model.modified.dispose(); } };
}
