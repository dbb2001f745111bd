import { describe, expect, it } from "vitest";
import { findCalls } from "./calls";
import { isOnlyEmoji } from "./emoji";
import { hiddenHost, safeHref } from "./links";
import { MOST_MARKS, parseText } from "./parse";
import { asWritten, asYetUnread } from "./plain";
import { type Block, type Inline, type Tree, wordsOf } from "./tree";

/** Write a tree as the specification writes its results, so that they can be compared; only for reading in here. */
function written(tree: Tree): string {
  return tree.map(block).join("");
}

function block(node: Block): string {
  switch (node.kind) {
    case "paragraph":
      return `<p>${node.children.map(inline).join("")}</p>`;
    case "block":
      return `<pre${node.language && ` ${node.language}`}>${node.text}</pre>`;
    case "quote":
      return `<q>${written(node.children)}</q>`;
    case "list": {
      const items = node.items.map((item) => `<li>${written(item)}</li>`).join("");
      return node.start === undefined ? `<ul>${items}</ul>` : `<ol ${node.start}>${items}</ol>`;
    }
  }
}

const NAMES = { emphasis: "em", strong: "strong", struck: "s", spoiler: "hidden" } as const;

function inline(node: Inline): string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code":
      return `<code>${node.text}</code>`;
    case "call":
      return `<call>${node.text}</call>`;
    case "room":
      return `<room>${node.name}</room>`;
    case "link":
      return `<a ${node.href}>${node.children.map(inline).join("")}</a>`;
    default:
      return `<${NAMES[node.kind]}>${node.children.map(inline).join("")}</${NAMES[node.kind]}>`;
  }
}

const parsed = (text: string) => written(parseText(text));

describe("examples of CommonMark 0.31, of the sections that hold here", () => {
  it.each([
    // 2.4: backslash escapes
    ["\\*not emphasized*", "<p>*not emphasized*</p>"],
    ["\\\\*emphasis*", "<p>\\<em>emphasis</em></p>"],
    ["\\`not code`", "<p>`not code`</p>"],
    ["\\\tA\\a\\ \\3", "<p>\\\tA\\a\\ \\3</p>"],
    ["[foo](https://x.y/\\*bar\\*)", "<p><a https://x.y/*bar*>foo</a></p>"],
    // 4.5: fenced code blocks
    ["```\n<\n >\n```", "<pre><\n ></pre>"],
    ["``\nfoo\n``", "<p><code>foo</code></p>"],
    ["````\naaa\n```\n``````", "<pre>aaa\n```</pre>"],
    ["```\n\n  \n```", "<pre>\n  </pre>"],
    ["```\n```", "<pre></pre>"],
    ["   ```\n   aaa\n    aaa\n  aaa\n   ```", "<pre>aaa\n aaa\naaa</pre>"],
    ["foo\n```\nbar\n```\nbaz", "<p>foo</p><pre>bar</pre><p>baz</p>"],
    ["```ruby\ndef foo(x)\n  return 3\nend\n```", "<pre ruby>def foo(x)\n  return 3\nend</pre>"],
    ["``` aa ```\naaa", "<p><code>aa</code>\naaa</p>"],
    ["> ```\n> aaa\n\nbbb", "<q><pre>aaa</pre></q><p>bbb</p>"],
    // 5.1: block quotes
    ["> bar\nbaz\n> foo", "<q><p>bar\nbaz\nfoo</p></q>"],
    ["> foo\n\n> bar", "<q><p>foo</p></q><q><p>bar</p></q>"],
    [">bar\n> baz", "<q><p>bar\nbaz</p></q>"],
    ["> > > foo\nbar", "<q><q><q><p>foo\nbar</p></q></q></q>"],
    // 5.2, 5.3: list items and lists
    ["- foo\n- bar\n+ baz", "<ul><li><p>foo</p></li><li><p>bar</p></li></ul><ul><li><p>baz</p></li></ul>"],
    [
      "1. foo\n2. bar\n3) baz",
      "<ol 1><li><p>foo</p></li><li><p>bar</p></li></ol><ol 3><li><p>baz</p></li></ol>",
    ],
    [
      "- foo\n  - bar\n    - baz",
      "<ul><li><p>foo</p><ul><li><p>bar</p><ul><li><p>baz</p></li></ul></li></ul></li></ul>",
    ],
    ["-one\n\n2.two", "<p>-one\n\n2.two</p>"],
    ["123456789. ok", "<ol 123456789><li><p>ok</p></li></ol>"],
    ["1234567890. not ok", "<p>1234567890. not ok</p>"],
    ["The number is\n14. yes", "<p>The number is\n14. yes</p>"],
    ["- a\n\n  b\n\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"],
    ["- foo\n-\n- bar", "<ul><li><p>foo</p></li><li></li><li><p>bar</p></li></ul>"],
    // 6.1: code spans
    ["`foo`", "<p><code>foo</code></p>"],
    ["`` foo ` bar ``", "<p><code>foo ` bar</code></p>"],
    ["`foo   bar \nbaz`", "<p><code>foo   bar  baz</code></p>"],
    ["`foo\\`bar`", "<p><code>foo\\</code>bar`</p>"],
    ["*foo`*`", "<p>*foo<code>*</code></p>"],
    ["```foo``", "<p>```foo``</p>"],
    // 6.2: emphasis and strong emphasis
    ["*foo bar*", "<p><em>foo bar</em></p>"],
    ["a * foo bar*", "<p>a * foo bar*</p>"],
    ['a*"foo"*', '<p>a*"foo"*</p>'],
    ["foo*bar*", "<p>foo<em>bar</em></p>"],
    ["foo_bar_", "<p>foo_bar_</p>"],
    ["пристаням_стремятся_", "<p>пристаням_стремятся_</p>"],
    ["_foo*", "<p>_foo*</p>"],
    ["**foo bar**", "<p><strong>foo bar</strong></p>"],
    ["foo__bar__baz", "<p>foo__bar__baz</p>"],
    ["*foo **bar** baz*", "<p><em>foo <strong>bar</strong> baz</em></p>"],
    ["***foo** bar*", "<p><em><strong>foo</strong> bar</em></p>"],
    ["foo***bar***baz", "<p>foo<em><strong>bar</strong></em>baz</p>"],
    ["**foo*", "<p>*<em>foo</em></p>"],
    ["*foo _bar* baz_", "<p><em>foo _bar</em> baz_</p>"],
    ["*foo\nbar*", "<p><em>foo\nbar</em></p>"],
    // 6.3: links, to addresses that may be followed
    ['[link](https://x.y/uri "title")', "<p><a https://x.y/uri>link</a></p>"],
    ["[a](<https://x.y/b)c>)", "<p><a https://x.y/b)c>a</a></p>"],
    ["[link](https://x.y/(foo(bar)))", "<p><a https://x.y/(foo(bar))>link</a></p>"],
    [
      "[link *foo **bar** `#`*](https://x.y/)",
      "<p><a https://x.y/>link <em>foo <strong>bar</strong> <code>#</code></em></a></p>",
    ],
    [
      "[a [b](https://x.y/1) c](https://x.y/2)",
      "<p>[a <a https://x.y/1>b</a> c](<a https://x.y/2>https://x.y/2</a>)</p>",
    ],
    ["*[foo*](https://x.y/)", "<p>*<a https://x.y/>foo*</a></p>"],
    ["[link] (https://x.y/)", "<p>[link] (<a https://x.y/>https://x.y/</a>)</p>"],
    // 6.5: autolinks
    [
      "<https://foo.bar.baz/test?q=hello&id=22>",
      "<p><a https://foo.bar.baz/test?q=hello&id=22>https://foo.bar.baz/test?q=hello&id=22</a></p>",
    ],
    ["<IRC://foo.bar:2233/baz>", "<p><a irc://foo.bar:2233/baz>IRC://foo.bar:2233/baz</a></p>"],
    ["<foo@bar.example.com>", "<p><a mailto:foo@bar.example.com>foo@bar.example.com</a></p>"],
    ["<>", "<p><></p>"],
    // GFM 6.5 and 6.9
    ["~~Hi~~ Hello, ~there~ world!", "<p><s>Hi</s> Hello, ~there~ world!</p>"],
    ["This ~~has a\n\nnew paragraph~~.", "<p>This ~~has a</p><p>new paragraph~~.</p>"],
    ["www.commonmark.org/a.b.", "<p><a http://www.commonmark.org/a.b>www.commonmark.org/a.b</a>.</p>"],
    [
      "(https://x.y/s?q=Markup+(business)))",
      "<p>(<a https://x.y/s?q=Markup+(business)>https://x.y/s?q=Markup+(business)</a>))</p>",
    ],
    ["https://x.y/<lt", "<p><a https://x.y/>https://x.y/</a><lt</p>"],
    ["foo@bar.baz", "<p><a mailto:foo@bar.baz>foo@bar.baz</a></p>"],
  ])("%j", (text, result) => expect(parsed(text)).toBe(result));
});

describe("texts with mail in them, and without", () => {
  it.each([
    "*tea* with __milk__ at https://x.y/(a) and www.x.yz, ||now||",
    "> where\n\nthere.\n\n- a `b` c\n- ~~two~~ 3. x-y_z+1",
    "```py\nbrew(1)\n```\n[a](https://x.y/hw) <https://h.w/> http:// www. hello",
  ])("are read alike: %j", (text) =>
    expect(parsed(`${text}\n\n<ann@x.yz>`)).toBe(`${parsed(text)}<p><a mailto:ann@x.yz>ann@x.yz</a></p>`),
  );

  it.each(["a+b@x.yz", "a.b-@x.yz", "(a_b@x.yz)", "x@ann @ann", "é@x.yz", "/a@x.yz"])(
    "only what stands before an @ makes it mail: %j",
    (text) => expect(parsed(text)).toBe(parsed(`${text}\n\n*`).replace(/<p>\*<.p>$/, "")),
  );
});

describe("nothing else is a mark", () => {
  it.each([
    "# tea",
    "tea\n===",
    "tea\n---",
    "***",
    "+",
    "<b>tea</b>",
    "<script>alert(1)</script>",
    "<!-- tea -->",
    "&amp; &#42;tea&#42;",
    "    four spaces",
    "~~~\ntea\n~~~",
    "| a | b |\n|---|---|",
    "[tea]: https://x.y",
    "[tea]",
    "tea\\\ntea",
    "**tea",
    "||tea",
    "`tea",
    "a || b || c",
    "||||",
    "2024.",
    "-",
    "  two spaces,\n    then four",
  ])("%j", (text) => expect(wordsOf(parseText(text).flatMap(inlines))).toBe(text));

  const inlines = (node: Block): readonly Inline[] => (node.kind === "paragraph" ? node.children : []);

  it("and none at all where the room is plain", () =>
    expect(asWritten("*tea*")).toEqual([{ kind: "paragraph", children: [{ kind: "text", text: "*tea*" }] }]));
});

describe("what is hidden until asked for", () => {
  it.each([
    ["||tea||", "<p><hidden>tea</hidden></p>"],
    ["a ||b *c*|| d ||e||", "<p>a <hidden>b <em>c</em></hidden> d <hidden>e</hidden></p>"],
    ["*a ||b* c||", "<p><em>a ||b</em> c||</p>"],
    ["\\||tea||", "<p>||tea||</p>"],
    ["`a||b||`", "<p><code>a||b||</code></p>"],
    ["|||a|||", "<p>|||a|||</p>"],
  ])("%j", (text, result) => expect(parsed(text)).toBe(result));
});

describe("a call, and the name of a room", () => {
  const people = new Set(["ann", "o'hara", "a.b", "room"]);
  const called = {
    isCalled: (word: string) => people.has(word),
    isRoom: (name: string) => name === "#tea" || name === "#c++",
  };

  it.each([
    ["hi @ann!", "<p>hi <call>@ann</call>!</p>"],
    ["@ann's, @o'hara, @a.b.", "<p><call>@ann</call>'s, <call>@o'hara</call>, <call>@a.b</call>.</p>"],
    ["*@ann*", "<p><em><call>@ann</call></em></p>"],
    ["@bob and x@ann and @@ann", "<p>@bob and x@ann and @@ann</p>"],
    ["`@ann` [@ann](https://x.y/)", "<p><code>@ann</code> <a https://x.y/>@ann</a></p>"],
    [
      "> @room: #tea. (#c++) a#tea #1",
      "<q><p><call>@room</call>: <room>#tea</room>. (<room>#c++</room>) a#tea #1</p></q>",
    ],
  ])("%j", (text, result) => expect(written(findCalls(parseText(text), called))).toBe(result));
});

describe("links", () => {
  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://x.y/1",
    "//x.y",
    "/f/x",
    "",
    "https://",
  ])("lead nowhere: %j", (href) => expect(safeHref(href)).toBeUndefined());

  it.each([
    ["https://bank.example", "https://evil.example/", "evil.example"],
    ["bank.example/login", "https://evil.example/", "evil.example"],
    ["https://bank.example@evil.example", "https://evil.example/", ""],
    ["the bank", "https://evil.example/", ""],
    ["bank.example", "https://bank.example/x", ""],
  ])("%s that leads to %s shows “%s”", (words, href, host) => expect(hiddenHost(words, href)).toBe(host));
});

describe("emoji alone", () => {
  it.each(["👍", "❤️ 👩‍👩‍👧‍👦🏳️‍🌈", "🇩🇪", "1️⃣"])("%s", (text) => expect(isOnlyEmoji(text)).toBe(true));
  it.each(["", "1", "#", "ok 👍", "👍".repeat(9), "©"])("not %s", (text) =>
    expect(isOnlyEmoji(text)).toBe(false),
  );
});

describe("a text made to be slow", () => {
  const LONG = 16_384;
  const patterns = [
    "*",
    "*a_",
    "_a*",
    "[",
    "]",
    "![",
    "[a](",
    "`",
    "` a`` ",
    "> ",
    ">",
    "- ",
    "1. ",
    "  - ",
    "<",
    "||",
    "~~a",
    "\\",
    "*\n",
  ];
  it.each(patterns)("of %j is shown as it is written", (pattern) => {
    const text = pattern.repeat(LONG / pattern.length);
    const tree = parseText(text);
    expect(countNodes(tree)).toBeLessThan(4 * MOST_MARKS);
  });

  it("is read where its marks are in code", () => {
    const code = "a[i] *= b_c;\n".repeat(1_000);
    expect(parseText(`*look:*\n\`\`\`c\n${code}\`\`\``)).toMatchObject([
      { kind: "paragraph" },
      { kind: "block", language: "c" },
    ]);
  });

  it("nests no deeper than it can be drawn", () => {
    expect(parseText(`${"> ".repeat(500)}tea`)).toEqual(asWritten(`${"> ".repeat(500)}tea`));
  });

  function countNodes(nodes: readonly (Block | Inline)[]): number {
    return nodes.reduce((sum, node) => {
      const items = node.kind === "list" ? node.items.flat() : "children" in node ? node.children : [];
      return sum + 1 + countNodes(items);
    }, 0);
  }
});

describe("a text whose marks cannot be read yet", () => {
  it("stands as it is written", () => {
    expect(written(asYetUnread("so *good*"))).toBe("<p>so *good*</p>");
  });

  it("shows nothing of what may be hidden in it", () => {
    expect(asYetUnread("it was ||him||")).toMatchObject([{ children: [{ kind: "spoiler" }] }]);
  });
});
