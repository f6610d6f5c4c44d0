import type { Cell, Item } from './week.rules';

type Meant = { cell: Cell; item: Item | null };

/** Taking something up and putting it down by mouse, in what the same does by keys. `meant`: the cell and the item that an event is about. */
export function useDragging(
  meant: (event: Event) => Meant | null,
  does: { isCarrying(): boolean; take(item: Item, cell: Cell): void; aim(cell: Cell): void; put(cell: Cell): void; back(): void },
) {
  let isDropped = false;

  function start(event: DragEvent): void {
    const found = meant(event);
    if (!found?.item?.movable) return event.preventDefault();
    event.dataTransfer?.setData('text/plain', found.item.key);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    does.take(found.item, found.cell);
  }
  /** Anything may be dropped anywhere: what cannot be is said, and stays where it was. */
  function over(event: DragEvent): void {
    const found = does.isCarrying() ? meant(event) : null;
    if (!found) return;
    event.preventDefault();
    does.aim(found.cell);
  }
  function drop(event: DragEvent): void {
    event.preventDefault();
    const found = meant(event);
    if (!found) return;
    isDropped = true;
    does.put(found.cell);
  }
  function end(): void {
    if (!isDropped) does.back();
    isDropped = false;
  }
  return { start, over, drop, end };
}
