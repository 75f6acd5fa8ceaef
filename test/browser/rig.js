// What the rig does inside a page. The file is one expression: an object that
// each call brings along, so that nothing of it stays in the page.
({
  /** Selectors: see the Go package's comment. @param {string} selector */
  all(selector) {
    const at = selector.search(/ \|=? /);
    if (at < 0) return [...document.querySelectorAll(selector)];
    const exact = selector[at + 2] === '=';
    const words = this.fold(selector.slice(at + (exact ? 4 : 3)));
    return [...document.querySelectorAll(selector.slice(0, at))].filter((element) => {
      const names = [element.getAttribute('aria-label'), element.innerText, element.value].map((name) => this.fold(name));
      return names.some((name) => exact ? name === words : name.includes(words));
    });
  },

  fold(text) {
    return typeof text === 'string' ? text.normalize('NFC').replace(/[\s\u200b\u2060\u2066-\u2069]+/g, ' ').trim() : '';
  },

  visible(element) {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  },

  /** The first visible match, else the first. */
  find(selector) {
    const found = this.all(selector);
    return found.find((element) => this.visible(element)) ?? found[0];
  },

  /** A label stands for its field. */
  field(selector) {
    const element = this.find(selector);
    return element instanceof HTMLLabelElement && element.control ? element.control : element;
  },

  /** The next animation frame or mutation, whichever is first. */
  change() {
    return new Promise((resolve) => {
      const observer = new MutationObserver(() => done());
      const done = () => { observer.disconnect(); resolve(undefined); };
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      this.frame().then(done);
    });
  },

  /** Two frames on, fonts and pictures there. */
  async settled() {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.complete || image.decode().catch(() => {})));
    await this.frame();
    await this.frame();
  },

  /** The next animation frame; a page in the background has none. */
  frame() {
    return new Promise((resolve) => {
      requestAnimationFrame(resolve);
      setTimeout(resolve, 500);
    });
  },

  /** Sets how long the waits may take. @param {number} patience milliseconds */
  within(patience) {
    this.patience = patience;
    return this;
  },

  /** Waits until test answers something true; answers it, or why not in time. */
  async until(test) {
    const end = performance.now() + this.patience;
    let last;
    for (;;) {
      try {
        last = await test();
        if (last) return { value: last };
      } catch (error) {
        last = String(error);
      }
      if (performance.now() > end) return { why: this.why ?? String(last) };
      await this.change();
    }
  },

  shown(selector) {
    return this.until(() => {
      const element = this.find(selector);
      this.why = element ? 'it is not visible' : 'no such element';
      return Boolean(element) && this.visible(element);
    });
  },

  gone(selector) {
    this.why = 'it is still visible';
    return this.until(() => !this.all(selector).some((element) => this.visible(element)));
  },

  /** Where to click: an element's centre, once it stands still, can be used and nothing lies over it. */
  aim(selector) {
    let before = '';
    return this.until(() => {
      const element = this.find(selector);
      const miss = (why) => { this.why = why; before = ''; return null; };
      if (!element) return miss('no such element');
      if (!this.visible(element)) return miss('it is not visible');
      if (element.matches(':disabled, [aria-disabled=true]')) return miss('it is disabled');
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = element.getClientRects()[0];
      const now = JSON.stringify(box);
      if (now !== before) { this.why = 'it does not stand still'; before = now; return null; }
      const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
      const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
      const hit = document.elementFromPoint(x, y);
      if (!this.reaches(hit, element)) return miss(`it lies under ${hit?.outerHTML.slice(0, 200)}`);
      this.await(element);
      return { x, y };
    });
  },

  /**
   * A page may move things between the aim and the click. A click that lands elsewhere is held back, as a person would
   * have held it back, and landed() answers false.
   */
  await(element) {
    const stop = new AbortController();
    window[Symbol.for('rig')]?.stop.abort();
    const landed = new Promise((resolve) => {
      addEventListener('click', (event) => {
        const there = event.composedPath().includes(element) || this.reaches(event.target, element);
        if (!there) event.stopImmediatePropagation();
        if (!there) event.preventDefault();
        resolve(there);
      }, { capture: true, once: true, signal: stop.signal });
    });
    window[Symbol.for('rig')] = { stop, landed };
  },

  /** Whether the click arrived where it was aimed; a page that it replaced is proof enough. */
  landed() {
    const nothing = new Promise((resolve) => setTimeout(resolve, 2000, false));
    return Promise.race([window[Symbol.for('rig')]?.landed ?? true, nothing]);
  },

  reaches(hit, element) {
    return hit !== null && (element.contains(hit) || hit.closest('label')?.control === element);
  },

  /** Puts the focus into a field with all its text selected, so that typing replaces it. */
  enter(selector) {
    return this.until(() => {
      const field = this.field(selector);
      this.why = field ? 'it takes no focus' : 'no such field';
      if (!field || field.matches(':disabled, [readonly]')) return null;
      field.scrollIntoView({ block: 'center', behavior: 'instant' });
      field.focus();
      field.select?.();
      return document.activeElement === field;
    });
  },

  /** Gives a field that has no keyboard (select, date, time) a value, as its picker would. */
  choose(selector, value) {
    return this.until(() => {
      const field = this.field(selector);
      this.why = field ? `it does not take the value; it has ${field.value}` : 'no such field';
      if (!field || field.matches(':disabled')) return null;
      field.focus();
      field.value = value;
      if (field.value !== value) return null;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    });
  },

  text(selector) {
    const element = this.find(selector);
    return element ? this.fold(element.innerText ?? element.textContent) : null;
  },
})
