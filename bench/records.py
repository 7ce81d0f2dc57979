"""Every file of a folder as Python reads it: csv, json, pyarrow. Prints one JSON object: file name to rows and what was refused.

Values are given in the form that bench/records.ts compares: numbers as digits or as the bits of a double, decimals and times as texts.
The delimiter and the encoding of a text file, which Python does not tell by itself, are found here by the simplest rule that serves.
"""
import base64
import csv
import datetime
import decimal
import gzip
import io
import json
import pathlib
import re
import struct
import sys
import zlib

csv.field_size_limit(2**31 - 1)


def canonical(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"n": str(value)}
    if isinstance(value, float):
        if value == value and abs(value) <= 2**53 and value == int(value):
            return {"n": "-0" if value == 0 and str(value)[0] == "-" else str(int(value))}
        return {"n": "nan" if value != value else struct.pack(">d", value).hex()}
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"b": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return [] if not value else {"o": [[str(name), canonical(item)] for name, item in sorted(value.items())]}
    if isinstance(value, tuple):
        return canonical(list(value))
    if isinstance(value, list):
        if value and all(isinstance(item, tuple) and len(item) == 2 for item in value):
            return canonical(dict(value))
        return [canonical(item) for item in value]
    return str(value)


def unpacked(path):
    data = path.read_bytes()
    if path.suffix.lower() != ".gz":
        return data, None
    out, error, rest = b"", None, data
    while rest:
        unpacker = zlib.decompressobj(31)
        try:
            out += unpacker.decompress(rest) + unpacker.flush()
        except zlib.error as problem:
            return out, str(problem)
        if not unpacker.eof:
            return out, "the gzip data ends early"
        rest = unpacker.unused_data
    return out, error


def text_of(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "surrogatepass")
    for encoding in ("utf-16-be", "utf-16-le"):
        zeros = data[:4096][0 if encoding == "utf-16-be" else 1 :: 2].count(0)
        if len(data) > 3 and zeros > len(data[:4096]) / 4:
            return data.decode(encoding)
    for encoding in ("utf-8-sig", "gbk", "latin-1"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue


def csv_rows(text, tabs):
    header = re.sub(r'"[^"]*"', "", re.split(r"[\r\n]", text, maxsplit=1)[0])
    marks = ["\t", ",", ";", "|"] if tabs else [",", ";", "\t", "|"]
    delimiter = max(marks, key=lambda mark: header.count(mark))
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="surplus fields"):
        yield row


def jsonl_rows(text, bad):
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if line.strip() == "":
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as problem:
            bad.append([number, str(problem)])
            continue
        if isinstance(row, dict):
            yield row
        else:
            bad.append([number, "not an object"])


def objects_of(text):
    decoder, at, found = json.JSONDecoder(), 0, []
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        value, at = decoder.raw_decode(text, at)
        found.append(value)
    return found


def layout(value):
    """The layouts that pandas and datasets write, from the value as json gives it."""
    if isinstance(value, list):
        return value
    if {"columns", "data"} <= set(value):
        return [dict(zip(value["columns"], cells)) for cells in value["data"]]
    for name in ("data", "rows", "records", "examples"):
        rows = value.get(name)
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return [row["row"] if "row_idx" in row else row for row in rows]
    values = list(value.values())
    if all(isinstance(item, list) for item in values) and values:
        if set(value) <= {"train", "test", "validation"}:
            return [row for item in values for row in item]
        if len({len(item) for item in values}) == 1:
            return [dict(zip(value, cells)) for cells in zip(*values)]
    if len(values) > 1 and all(isinstance(item, dict) and set(item) == set(values[0]) for item in values):
        if all(name.isdigit() for name in values[0]) and not all(name.isdigit() for name in value):
            return [{name: item[row] for name, item in value.items()} for row in values[0]]
        return values
    return [value]


def parquet_rows(data):
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    for index, field in enumerate(table.schema):
        # Without pandas, nanoseconds have no Python value.
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns":
            texts = []
            for count in table.column(index).cast(pa.int64()).to_pylist():
                if count is None:
                    texts.append(None)
                    continue
                seconds, rest = divmod(count, 10**9)
                text = (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)).isoformat()
                digits = f"{rest:09d}"
                tail = "" if rest == 0 else "." + (digits[:6] if digits.endswith("000") else digits)
                texts.append(text + tail + ("+00:00" if field.type.tz else ""))
            table = table.set_column(index, field.name, pa.array(texts, pa.string()))
        elif pa.types.is_timestamp(field.type) and field.type.tz not in (None, "UTC"):
            table = table.set_column(index, field.name, table.column(index).cast(pa.timestamp(field.type.unit, "UTC")))
    return table.to_pylist()


def read(path):
    bad, rows = [], []
    try:
        data, error = unpacked(path)
        if error:
            bad.append([0, error])
        name = path.name.lower().removesuffix(".gz")
        if name.endswith((".parquet", ".pq")):
            rows = parquet_rows(data)
        else:
            text = text_of(data)
            if name.endswith((".jsonl", ".ndjson")):
                rows = list(jsonl_rows(text, bad))
            elif name.endswith(".json"):
                values = objects_of(text)
                rows = layout(values[0]) if len(values) == 1 else values
            else:
                rows = list(csv_rows(text, name.endswith((".tsv", ".tab"))))
    except Exception as problem:  # Whatever Python raises is its answer.
        bad.append([0, f"{type(problem).__name__}: {problem}"])
    return {"rows": [canonical(row) for row in rows], "bad": bad}


folder = pathlib.Path(sys.argv[1])
print(json.dumps({name: read(folder / name) for name in sys.argv[2:]}))
