/**
 * Which owners read a key? A treap of half-open intervals, ordered by (low, high) and augmented with the highest end of
 * each subtree, so that asking costs O(log n + answers) and adding or taking away one interval O(log n).
 */
type Node<Owner> = {
  readonly low: Buffer;
  readonly high: Buffer;
  readonly owners: Set<Owner>;
  /** Heap order of the treap: no child has a higher one. */
  readonly priority: number;
  /** The highest `high` in this subtree. */
  end: Buffer;
  left: Tree<Owner>;
  right: Tree<Owner>;
};

type Tree<Owner> = Node<Owner> | null;
type Interval = { low: Buffer; high: Buffer };

/** Invariant: an interval is in the tree exactly while it has an owner. */
export class IntervalIndex<Owner> {
  #root: Tree<Owner> = null;
  #seed = 0x9e3779b9;

  get isEmpty(): boolean {
    return this.#root === null;
  }

  /** Adding an interval that its owner already has changes nothing. */
  add(interval: Interval, owner: Owner): void {
    const found = find(this.#root, interval);
    if (found) {
      found.owners.add(owner);
      return;
    }
    const { low, high } = interval;
    const node: Node<Owner> = {
      low,
      high,
      owners: new Set([owner]),
      priority: this.#nextPriority(),
      end: high,
      left: null,
      right: null,
    };
    this.#root = insert(this.#root, node);
  }

  delete(interval: Interval, owner: Owner): void {
    const found = find(this.#root, interval);
    if (!found?.owners.delete(owner)) return;
    if (found.owners.size === 0) this.#root = remove(this.#root, interval);
  }

  /** Adds to `into` the owners of every interval with low <= key < high. */
  collect(key: Buffer, into: Set<Owner>): void {
    collectAt(this.#root, key, into);
  }

  /** Adds to `into` every owner. */
  collectAll(into: Set<Owner>): void {
    collectEvery(this.#root, into);
  }

  /** xorshift32: treaps need spread priorities, not secrets. */
  #nextPriority(): number {
    this.#seed ^= this.#seed << 13;
    this.#seed ^= this.#seed >>> 17;
    this.#seed ^= this.#seed << 5;
    return this.#seed >>> 0;
  }
}

function compare(a: Interval, b: Interval): number {
  return Buffer.compare(a.low, b.low) || Buffer.compare(a.high, b.high);
}

function find<Owner>(tree: Tree<Owner>, interval: Interval): Tree<Owner> {
  let node = tree;
  while (node) {
    const order = compare(interval, node);
    if (order === 0) return node;
    node = order < 0 ? node.left : node.right;
  }
  return null;
}

function insert<Owner>(tree: Tree<Owner>, node: Node<Owner>): Node<Owner> {
  if (!tree) return node;
  if (node.priority > tree.priority) {
    [node.left, node.right] = split(tree, node);
    return renewed(node);
  }
  if (compare(node, tree) < 0) tree.left = insert(tree.left, node);
  else tree.right = insert(tree.right, node);
  return renewed(tree);
}

/** The nodes before `pivot` and those after it; the pivot itself is in neither. */
function split<Owner>(tree: Tree<Owner>, pivot: Interval): [Tree<Owner>, Tree<Owner>] {
  if (!tree) return [null, null];
  if (compare(tree, pivot) < 0) {
    const [before, after] = split(tree.right, pivot);
    tree.right = before;
    return [renewed(tree), after];
  }
  const [before, after] = split(tree.left, pivot);
  tree.left = after;
  return [before, renewed(tree)];
}

function remove<Owner>(tree: Tree<Owner>, interval: Interval): Tree<Owner> {
  if (!tree) return null;
  const order = compare(interval, tree);
  if (order === 0) return merge(tree.left, tree.right);
  if (order < 0) tree.left = remove(tree.left, interval);
  else tree.right = remove(tree.right, interval);
  return renewed(tree);
}

/** Every node of `before` lies before every node of `after`. */
function merge<Owner>(before: Tree<Owner>, after: Tree<Owner>): Tree<Owner> {
  if (!before) return after;
  if (!after) return before;
  if (before.priority > after.priority) {
    before.right = merge(before.right, after);
    return renewed(before);
  }
  after.left = merge(before, after.left);
  return renewed(after);
}

function renewed<Owner>(node: Node<Owner>): Node<Owner> {
  node.end = later(later(node.high, node.left?.end), node.right?.end);
  return node;
}

function later(a: Buffer, b: Buffer | undefined): Buffer {
  return b && Buffer.compare(b, a) > 0 ? b : a;
}

function collectAt<Owner>(tree: Tree<Owner>, key: Buffer, into: Set<Owner>): void {
  let node = tree;
  // Everything in the subtree ends before the key: nothing here can hold it.
  while (node && Buffer.compare(node.end, key) > 0) {
    collectAt(node.left, key, into);
    if (Buffer.compare(node.low, key) > 0) return;
    if (Buffer.compare(node.high, key) > 0) for (const owner of node.owners) into.add(owner);
    node = node.right;
  }
}

function collectEvery<Owner>(tree: Tree<Owner>, into: Set<Owner>): void {
  let node = tree;
  while (node) {
    collectEvery(node.left, into);
    for (const owner of node.owners) into.add(owner);
    node = node.right;
  }
}
