"""The vocabulary that the cache keeps is that of the schema."""

from __future__ import annotations

import msgspec

from validator.language.codec_parts import shapes_of
from validator.language.vocabulary import Stated, read_vocabulary, vocabulary_of
from validator.resources import schema_bytes

READ = read_vocabulary(schema_bytes("snapshot"))
KEPT = vocabulary_of(msgspec.json.decode(msgspec.json.encode(READ.stated), type=Stated))


def test_a_vocabulary_is_read_back_as_it_was_kept() -> None:
    assert KEPT == READ
    assert KEPT.invariants == READ.invariants != {}
    assert KEPT.never_provided == READ.never_provided != {}
    assert [*KEPT.lists] == [*READ.lists]
    for one, other in zip(shapes_of(KEPT).fields.values(), shapes_of(READ).fields.values(), strict=True):
        assert repr(one) == repr(other)


def test_a_shape_is_one_object_wherever_it_is_used() -> None:
    for vocabulary in (READ, KEPT):
        for name, field in vocabulary.root.fields.items():
            own = vocabulary.document.fields["organization"].record
            assert own is not None
            assert field is (own.fields.get(name) or vocabulary.document.fields[name])
        fields = shapes_of(vocabulary).fields
        assert all(fields[path] is shape for path, shape in vocabulary.lists.items())


def test_lists_stand_in_the_order_of_the_schema_what_is_within_one_before_it() -> None:
    paths = [*READ.lists]
    assert len(paths) > 10
    for path in paths:
        outer = path.rpartition(".")[0]
        assert not outer or paths.index(path) < paths.index(outer)
