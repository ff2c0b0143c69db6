/* Runs in the author's browser: takes from Mermaid's drawing what a page needs, and no more. */
async function slimDrawing(name, text, css, mark) {
  const { svg } = await mermaid.render(name, text);
  const holder = document.createElement("div");
  holder.innerHTML = svg;
  const drawing = holder.querySelector("svg");
  const all = () => [...drawing.querySelectorAll("*")];

  drawing.querySelectorAll("style, filter, linearGradient, symbol").forEach((each) => each.remove());
  /* A round node comes as hundreds of points of a hand-drawn line. */
  document.body.replaceChildren(holder);
  drawing.querySelectorAll(".node > g.label-container").forEach((each) => {
    if (each.innerHTML.length < 3000) return;
    const { x, y, width, height } = each.getBBox();
    const round = document.createElementNS(drawing.namespaceURI, "rect");
    Object.entries({ x, y, width, height, rx: height / 2 }).forEach(([key, value]) => round.setAttribute(key, value));
    each.replaceWith(round);
  });
  const used = drawing.outerHTML;
  drawing.querySelectorAll("marker").forEach((each) => {
    if (!used.includes(`url(#${each.id})`)) each.remove();
  });
  drawing.querySelectorAll("tspan.text-inner-tspan").forEach((each) => {
    if (each.getAttribute("font-weight") === "normal" && each.getAttribute("font-style") === "normal") {
      each.replaceWith(...each.childNodes);
    }
  });

  const kept = /^(id|class|d|x|y|x1|y1|x2|y2|dx|dy|cx|cy|r|rx|ry|width|height|points|transform|orient|refX|refY|viewBox|marker\w+|marker-\w+|text-anchor|dominant-baseline|font-weight|font-style|xml:space)$/;
  const number = (value) => value.replace(/-?\d+\.\d+(e-?\d+)?/g, (n) => String(Math.round(Number(n) * 10) / 10));
  for (const each of all()) {
    for (const { name: key, value } of [...each.attributes]) {
      if (!kept.test(key)) each.removeAttribute(key);
      else if (key !== "id" && key !== "class") each.setAttribute(key, number(value));
    }
    if (each.id && !used.includes(`#${each.id})`) && !/title|desc/.test(each.id)) each.removeAttribute("id");
  }
  for (let empty; (empty = all().filter((e) => /^(g|defs|rect)$/.test(e.tagName) && !e.children.length && (e.tagName !== "rect" || !e.hasAttribute("width")))).length;) {
    empty.forEach((each) => each.remove());
  }

  const [x, y, width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  drawing.removeAttribute("style");
  drawing.removeAttribute("aria-roledescription");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("data-source", mark);
  drawing.setAttribute("viewBox", [x, y, width, height].map(Math.round).join(" "));
  drawing.setAttribute("width", Math.round(width));
  drawing.setAttribute("height", Math.round(height));
  const style = document.createElementNS(drawing.namespaceURI, "style");
  style.textContent = css;
  drawing.querySelector("desc").after(style);
  return new XMLSerializer().serializeToString(drawing);
}
