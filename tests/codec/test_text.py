"""Strict text: what YAML and JSON may say, and how every refusal names file, line, path, value, limit and cure."""

from __future__ import annotations

import pytest

from runstrong.codec.text import MAX_DEPTH, REFUSED, plain_scalar, read_json, read_text, read_yaml


def told(text: str | bytes) -> list[str]:
    """Give the messages with which a text is refused."""
    return [str(problem) for problem in read_text(text, file="f.yaml").problems]


class TestPlainScalars:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("", None),
            ("null", None),
            ("true", True),
            ("false", False),
            ("0", 0),
            ("-3", -3),
            ("2.50", 2.5),
            ("1e3", 1000.0),
            ("2-0-2-1", "2-0-2-1"),
            ("2026-12-07", "2026-12-07"),
            ("8-12 reps", "8-12 reps"),
            ("none", "none"),
            ("not now", "not now"),
        ],
    )
    def test_what_looks_like_what_it_is_is_read(self, text: str, meant: object) -> None:
        """Null, booleans, decimal numbers and text are read as what they look like, with their exact type."""
        got = plain_scalar(text)
        assert (got, type(got)) == (meant, type(meant))

    @pytest.mark.parametrize(
        ("scalar", "allowed", "cure"),
        [
            ("no", "true, false or quoted text", "write false"),
            ("Yes", "true, false or quoted text", "write true"),
            ("ON", "true, false or quoted text", "write true"),
            ("off", "true, false or quoted text", "write false"),
            ("y", "true, false or quoted text", "write true"),
            ("N", "true, false or quoted text", "write false"),
            ("True", "true, false or quoted text", "write true"),
            ("NULL", "null or quoted text", "write null"),
            ("~", "null or quoted text", "write null"),
            ("1:30", "a number with its unit, or quoted text", "base 60"),
            ("190:20:30", "a number with its unit, or quoted text", "base 60"),
            ("010", "a decimal number without leading zeros, or quoted text", "write 10"),
            ("0o17", "a decimal number or quoted text", "write it in decimal"),
            ("0x1f", "a decimal number or quoted text", "write it in decimal"),
            ("0b11", "a decimal number or quoted text", "write it in decimal"),
            ("1_000", "digits, with a point between them if need be", "such as 1000"),
            ("+5", "digits, with a point between them if need be", "such as 1000 or 0.5"),
            (".5", "digits, with a point between them if need be", "such as 1000 or 0.5"),
            (".nan", "a finite number", "leave the key out"),
            (".NaN", "a finite number", "leave the key out"),
            ("-.inf", "a finite number", "leave the key out"),
            ("1e999", "a finite number", ""),
        ],
    )
    def test_what_yaml_1_1_reads_otherwise_is_refused(self, scalar: str, allowed: str, cure: str) -> None:
        """A scalar that YAML 1.1 takes for something else is refused with file, line, path, value, limit and cure."""
        reading = read_yaml(f"a:\n  b: [fine, {scalar}]\n", file="f.yaml")
        (problem,) = reading.problems
        assert str(problem).startswith(f"f.yaml:2: a.b[1]: {scalar}; allowed: {allowed}")
        assert cure in problem.cure
        assert reading.data == {"a": {"b": ["fine", REFUSED]}}

    @pytest.mark.parametrize("text", ["no", "1:30", "010", "~", "true", "5", ".nan", "<<"])
    def test_quotes_make_text(self, text: str) -> None:
        """Whatever stands in quotes is text."""
        assert read_yaml(f"a: '{text}'").data == {"a": text}


class TestYaml:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (
                "a: 1\nb: 2\na: 3",
                "f.yaml:3: a: the key 'a' twice (first on line 1); allowed: each key once (leave one out)",
            ),
            (
                "a: !!python/object/apply:os.system [ls]",
                (
                    "f.yaml:1: a: the tag tag:yaml.org,2002:python/object/apply:os.system; allowed: no tags "
                    "(leave the tag out; quote what is text)"
                ),
            ),
            ("a:\n  - !x 5", "f.yaml:2: a[0]: the tag !x; allowed: no tags (leave the tag out; quote what is text)"),
            ("a: ! 5", "f.yaml:1: a: the tag !; allowed: no tags (leave the tag out; quote what is text)"),
            ("a: &b 5", "f.yaml:1: a: the anchor &b; allowed: no anchors (write the value out where it is meant)"),
            ("<<: 5", "f.yaml:1: <<; allowed: text (write the keys out)"),
            ("a:\n  5: x", "f.yaml:2: a: a key that is 5; allowed: a key that is text"),
            ("? [a]\n: x", "f.yaml:1: a key that is a list or mapping; allowed: a key that is text"),
            (
                "a: 1\n---\nb: 2",
                "f.yaml:2: a second document; allowed: one document in a file (put it into a file of its own)",
            ),
            (
                "a:\n\t- b",
                (
                    "f.yaml:2: while scanning for the next token, found character that cannot start any token; "
                    "allowed: YAML (indent with spaces, not tabs)"
                ),
            ),
            (
                'a: "\x07"',
                (
                    "f.yaml:1: a character that YAML forbids: control characters are not allowed; "
                    "allowed: text without control characters (leave the character out)"
                ),
            ),
            ("", "f.yaml:1: nothing; allowed: a document with kind and schema"),
            ("# only a remark", "f.yaml:1: nothing; allowed: a document with kind and schema"),
            (
                b"a: 1\nb: \xff",
                "f.yaml:2: byte 0xff, which is not UTF-8; allowed: text in UTF-8 (save the file as UTF-8)",
            ),
        ],
    )
    def test_what_is_refused_says_so(self, text: str | bytes, message: str) -> None:
        """Each thing that YAML allows and a document must not hold is refused in full words."""
        assert told(text) == [message]

    def test_aliases_are_refused_and_never_expanded(self) -> None:
        """An alias bomb is refused line by line at once, and nothing of it is built."""
        bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
        reading = read_yaml(bomb, file="f.yaml")
        message = "f.yaml:2: a1[0]: the alias *a0; allowed: no aliases (write it out where it is meant)"
        assert message in map(str, reading.problems)
        assert reading.data["a29"] == [REFUSED] * 9

    def test_all_faults_are_told_at_once(self) -> None:
        """A text with several faults is told all of them, each with its own line."""
        lines = [problem.line for problem in read_yaml("a: no\nb: 010\na: 1\nc: !x 1\nd: 1:30\n").problems]
        assert lines == [1, 2, 3, 4, 5]

    @pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000])
    def test_depth_is_bounded(self, text: str) -> None:
        """Nesting without end is refused, not followed."""
        (message,) = told(text)
        assert f"over {MAX_DEPTH} levels deep; allowed: at most {MAX_DEPTH} levels" in message

    def test_a_byte_order_mark_is_read_over(self) -> None:
        """Editors that open a file with a byte order mark do no harm."""
        assert read_text(b"\xef\xbb\xbfa: 1").data == {"a": 1}

    def test_lines_of_paths(self) -> None:
        """Each path has its line, and a path that is not there that of the nearest thing around it."""
        reading = read_yaml("a:\n  - x\n  - b: 1\n    c: 2\n")
        assert [reading.line_of(path) for path in [("a", 0), ("a", 1, "c"), ("a", 1, "missing"), ()]] == [2, 4, 3, 1]

    def test_too_large_a_text_is_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A text over the stated size is refused unread."""
        monkeypatch.setattr("runstrong.codec.text.MAX_BYTES", 10)
        assert told("a: 1234567890") == ["f.yaml: 13 bytes; allowed: at most 10 bytes (split the file)"]


class TestJson:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('{"a": 1,\n "a": 2}', "f.yaml:2: a: the key 'a' twice; allowed: each key once (leave one out)"),
            (
                '{"a":\n[1, NaN]}',
                "f.yaml:2: a[1]: NaN; allowed: a finite number (leave the key out when it is unknown)",
            ),
            (
                '{"a": -Infinity}',
                "f.yaml:1: a: -Infinity; allowed: a finite number (leave the key out when it is unknown)",
            ),
            ('{"a": 1,}', "f.yaml:1: expecting property name enclosed in double quotes; allowed: JSON"),
            ('{"a": "\x01"}', "f.yaml:1: invalid control character; allowed: JSON"),
            (
                '{"a": 1' + "0" * 5000 + "}",
                "f.yaml: a whole number with thousands of digits; allowed: numbers of at most 15 digits",
            ),
            ('{"a": ' * 100_000, "f.yaml:1: a.a.a: over 64 levels deep; allowed: at most 64 levels"),
        ],
    )
    def test_what_is_refused_says_so(self, text: str, message: str) -> None:
        """Each thing that Python's own reader lets pass, and each fault of grammar, is refused in full words."""
        assert [str(problem) for problem in read_json(text, file="f.yaml").problems] == [message]

    def test_all_faults_are_told_at_once(self) -> None:
        """Duplicate names and constants are all told, and the rest is read."""
        reading = read_json('{"a": NaN, "b": {"c": 1, "c": 2}, "d": [Infinity, 3]}')
        assert len(reading.problems) == 3
        assert reading.data == {"a": REFUSED, "b": {"c": REFUSED}, "d": [REFUSED, 3]}

    def test_lines_of_paths(self) -> None:
        """Each path has its line, whatever colons, brackets and quotes stand in the text."""
        reading = read_json('{"a": [\n"x\\"]:{",\n{"b":\n1}],\n"c": {}}')
        assert [reading.line_of(path) for path in [("a", 0), ("a", 1, "b"), ("c",), ("none",)]] == [2, 3, 5, 1]

    def test_json_is_told_from_flow_style_yaml(self) -> None:
        """A text that opens as a JSON object does is JSON; a flow mapping with bare keys is YAML."""
        assert read_text('{"a": 1}').data == read_text("{a: 1}").data == {"a": 1}
        assert "JSON" in told('{"a": yes}')[0]
