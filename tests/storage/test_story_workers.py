"""Two workers that meet the same new story at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from news.item import Item
from news.story import sign
from news.watch.indexed import index_item
from scheduler.placing import place
from storage import KnownFrequencies, Store, Unit
from storage.story_vectors import KnownVectors
from tests.storage.samples import NOW, an_item

TEXT = "The commission opened 14 training centres for divers in Karaganda and Semey, and 96 rescuers were chosen. " * 3


def test_two_workers_make_one_story_of_it(migrated_url: str) -> None:
    copies = [
        an_item("Divers train", url=f"https://{name}.example/1", source=name, publisher=name, text=TEXT)
        for name in ("office", "agency")
    ]
    with Store(migrated_url) as one, Store(migrated_url) as other:
        together = Barrier(2, timeout=30)

        def taken_in(store: Store, item: Item) -> None:
            together.wait()
            store.write_now(lambda unit: _take_in(unit, item))

        with ThreadPoolExecutor(2) as workers:
            list(workers.map(taken_in, (one, other), copies))
        story = one.read_now(lambda unit: unit.stories.get(1))
    assert story is not None
    assert story.items == (1, 2)


def _take_in(unit: Unit, item: Item) -> None:
    counting = unit.stories.counting(KnownFrequencies())
    vectors = unit.stories.vectors(KnownVectors(), now=NOW)
    place(unit, unit.items.add([item])[0].item, sign(index_item(item)), counting, vectors, now=NOW)
    counting.save(at=NOW)
