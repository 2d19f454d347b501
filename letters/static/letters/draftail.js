/* The letter's own pieces of the editor: merge fields, facts, standard texts and links to the outside. */
(() => {
  const { React, DraftJS, draftail, letterDialogs } = window;
  const { EditorState, Modifier, RichUtils, convertFromRaw } = DraftJS;
  const { DraftUtils } = draftail;

  // The toolbar stays in sight unless somebody put it away: a button that hides is a button that is not found.
  try {
    const place = 'wagtail:draftail-toolbar';
    if (!localStorage.getItem(place)) localStorage.setItem(place, 'sticky');
  } catch {
    // Without storage the toolbar floats, which works as well.
  }

  const supplies = (url) =>
    fetch(url, { headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' } }).then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json();
    });

  /* What a dialog works on: the whole chip or link that the cursor is in, else the selection. */
  const placeOf = ({ editorState, entityKey }) =>
    entityKey ? DraftUtils.getEntitySelection(editorState, entityKey) : editorState.getSelection();

  /* Puts words that are one with their data in a place, and a space after them at the end of a line. */
  const insertChip = (editorState, selection, type, data, words) => {
    const withEntity = editorState.getCurrentContent().createEntity(type, 'IMMUTABLE', data);
    const key = withEntity.getLastCreatedEntityKey();
    const style = editorState.getCurrentInlineStyle();
    let content = Modifier.replaceText(withEntity, selection, words, style, key);
    const after = content.getSelectionAfter();
    const block = content.getBlockForKey(after.getStartKey());
    if (after.getStartOffset() === block.getLength()) content = Modifier.insertText(content, after, ' ', style);
    return EditorState.push(editorState, content, 'insert-characters');
  };

  /* The start of a sentence asks for a capital. */
  const fitting = (editorState, selection, words) => {
    const block = editorState.getCurrentContent().getBlockForKey(selection.getStartKey());
    const before = block.getText().slice(0, selection.getStartOffset()).trimEnd();
    return before && !/[.?!]$/.test(before) ? words : words.charAt(0).toUpperCase() + words.slice(1);
  };

  const without = (editorState, selection) =>
    EditorState.push(
      editorState,
      Modifier.removeRange(editorState.getCurrentContent(), selection, 'backward'),
      'remove-range',
    );

  /* Puts whole blocks in a place, apart from what stands before and after it. */
  const insertBlocks = (editorState, place, blocks) => {
    const emptied = place.isCollapsed()
      ? editorState.getCurrentContent()
      : Modifier.removeRange(editorState.getCurrentContent(), place, 'backward');
    const start = place.isCollapsed() ? place : emptied.getSelectionAfter();
    const offset = start.getStartOffset();
    const length = emptied.getBlockForKey(start.getStartKey()).getLength();
    let content = offset < length ? Modifier.splitBlock(emptied, start) : emptied;
    let free = start;
    if (offset) {
      content = Modifier.splitBlock(content, start);
      free = content.getSelectionAfter();
    }
    return EditorState.push(editorState, Modifier.replaceWithFragment(content, free, blocks), 'insert-fragment');
  };

  /* A source that shows a dialog of its own and draws nothing in the editor. */
  class DialogSource extends React.Component {
    componentDidMount() {
      this.chosen = null;
      this.dialog = this.open((state) => {
        this.chosen = state;
      });
    }

    componentWillUnmount() {
      this.gone = true;
      this.dialog.close();
    }

    onClose = () => {
      if (this.gone) return;
      if (this.chosen) this.props.onComplete(this.chosen);
      else this.props.onClose();
    };

    render() {
      return null;
    }
  }

  class MergeFieldSource extends DialogSource {
    open(use) {
      const { editorState, entityType } = this.props;
      return letterDialogs.choose({
        texts: entityType.texts,
        load: () => entityType.fields,
        onChoose: ({ code, label }) =>
          use(insertChip(editorState, placeOf(this.props), 'MERGE_FIELD', { field: code }, label)),
        onClose: this.onClose,
      });
    }
  }

  class FactSource extends DialogSource {
    open(use) {
      const { editorState, entity, entityType } = this.props;
      const { texts } = entityType;
      const place = placeOf(this.props);
      return letterDialogs.choose({
        texts: entity ? { ...texts, heading: entity.getData().note } : texts,
        load: () => supplies(entityType.url).then(({ facts }) => facts),
        onChoose: ({ key, label, note }) =>
          use(insertChip(editorState, place, 'FACT', { key, note }, fitting(editorState, place, label))),
        onClose: this.onClose,
        extras: entity ? [{ label: texts.remove, act: () => use(without(editorState, place)) }] : [],
      });
    }
  }

  class StandardTextSource extends DialogSource {
    open(use) {
      const { editorState, entityType } = this.props;
      const insert = ({ content }) =>
        insertBlocks(editorState, editorState.getSelection(), convertFromRaw(content).getBlockMap());
      return letterDialogs.choose({
        texts: entityType.texts,
        load: () => supplies(entityType.url).then((all) => all.standard_texts),
        onChoose: (text) => use(insert(text)),
        onClose: this.onClose,
      });
    }
  }

  class LinkSource extends DialogSource {
    open(use) {
      const { editorState, entity, entityType } = this.props;
      const place = placeOf(this.props);
      const save = (address, words) => {
        const content = editorState.getCurrentContent().createEntity('LINK', 'MUTABLE', { url: address });
        const key = content.getLastCreatedEntityKey();
        if (place.isCollapsed()) {
          const linked = Modifier.insertText(content, place, words, editorState.getCurrentInlineStyle(), key);
          return EditorState.push(editorState, linked, 'insert-characters');
        }
        return RichUtils.toggleLink(EditorState.push(editorState, content, 'apply-entity'), place, key);
      };
      return letterDialogs.link({
        texts: entityType.texts,
        address: entity ? entity.getData().url || '' : '',
        askWords: place.isCollapsed(),
        onSave: (address, words) => use(save(address, words)),
        onRemove: entity ? () => use(RichUtils.toggleLink(editorState, place, null)) : null,
        onClose: this.onClose,
      });
    }
  }

  const dataOf = ({ contentState, entityKey }) => contentState.getEntity(entityKey).getData();

  const MergeField = (props) =>
    React.createElement('span', { className: 'sb-chip', 'data-merge': dataOf(props).field }, props.children);

  const Fact = (props) =>
    React.createElement(
      'span',
      { className: 'sb-fact', title: dataOf(props).note, onClick: () => props.onEdit(props.entityKey) },
      props.children,
    );

  const Link = (props) =>
    React.createElement(
      'span',
      { className: 'sb-link', title: dataOf(props).url },
      props.children,
    );

  const known = draftail.registerPlugin(
    { type: 'MERGE_FIELD', source: MergeFieldSource, decorator: MergeField },
    'entityTypes',
  );
  draftail.registerPlugin({ type: 'FACT', source: FactSource, decorator: Fact }, 'entityTypes');
  draftail.registerPlugin({ type: 'STANDARD_TEXT', source: StandardTextSource }, 'entityTypes');
  // Wagtail's own link leads to a chooser of pages of the site, which mean nothing on paper.
  draftail.registerPlugin({ ...known.LINK, source: LinkSource, decorator: Link }, 'entityTypes');
})();
