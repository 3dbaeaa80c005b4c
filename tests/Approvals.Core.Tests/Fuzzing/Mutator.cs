using System.Text;
using System.Text.Json.Nodes;
using Approvals.Testing;

namespace Approvals.Core.Tests.Fuzzing;

/// <summary>Spoils inputs that were good, always the same way for a seed.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string[] Words =
    [
        "", " ", "\0", "\u202e倒", "\\ud800", "𬍛", "null", "NaN", "-1", "1e400", "99999999999999999999", "0x10", "2026-02-30", "9999-12-31T23:59:59Z",
        "../../etc/passwd", "'; DROP TABLE \"Cases\"; --", "{{ 1 | plus: 1 }}", "$", "*", new('甲', 20_000),
    ];

    private readonly Random random = new(seed);

    /// <summary>The seed, for the message of a failure.</summary>
    public int Seed => seed;

    /// <summary>The same seeds in each tests/run.sh, others in each tests/prove.sh.</summary>
    public static int FirstSeed { get; } = Seeds.For(20261126);

    /// <summary>Rounds: few in tests/run.sh, many in tests/prove.sh.</summary>
    public static int Rounds(int quick, int proving) => Seeds.IsProving ? proving : quick;

    /// <summary>One of several good inputs.</summary>
    public T Pick<T>(IReadOnlyList<T> good) => good[random.Next(good.Count)];

    /// <summary>A JSON document that was spoilt as a document: values of another kind, missing, doubled, renamed, nested. Still JSON.</summary>
    public JsonObject Document(JsonObject good)
    {
        var spoilt = (JsonObject)good.DeepClone();
        for (var times = random.Next(1, 5); times > 0; times--)
            Spoil(spoilt);
        return spoilt;
    }

    /// <summary>Text that was spoilt as text, mostly no JSON any more.</summary>
    public string Text(string good)
    {
        var text = new StringBuilder(good);
        for (var times = random.Next(1, 6); times > 0 && text.Length > 0; times--)
        {
            var (at, length) = (random.Next(text.Length), random.Next(1, 40));
            switch (random.Next(5))
            {
                case 0: text.Remove(at, Math.Min(length, text.Length - at)); break;
                case 1: text.Insert(at, Words[random.Next(Words.Length)]); break;
                case 2: text.Insert(at, text.ToString(at, Math.Min(length, text.Length - at))); break;
                case 3: text[at] = (char)random.Next(0x10000); break;
                default: text.Length = at; break;
            }
        }

        // As it comes out of a file or a request: half a surrogate pair can only be written as an escape.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Bytes that were spoilt as bytes.</summary>
    public byte[] Bytes(byte[] good)
    {
        var bytes = good.ToList();
        for (var times = random.Next(1, 8); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 50), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.Skip(at).Take(random.Next(1, 200)).ToList()); break;
                default: bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 20)).Select(_ => (byte)random.Next(256))); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A hostile word.</summary>
    public string Word() => Words[random.Next(Words.Length)];

    /// <summary>Fields of a form: some spoilt, left out, doubled, and now and then one of <paramref name="others"/> added.</summary>
    public List<KeyValuePair<string, string>> Fields(IReadOnlyList<KeyValuePair<string, string>> good, IReadOnlyList<string> others)
    {
        var fields = good.ToList();
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = fields.Count == 0 ? -1 : random.Next(fields.Count);
            switch (at < 0 ? 3 : random.Next(5))
            {
                case 0: fields.RemoveAt(at); break;
                case 1: fields[at] = new(fields[at].Key, Word()); break;
                case 2: fields.Add(new(fields[at].Key, Word())); break;
                case 3: fields.Add(new(others[random.Next(others.Count)], Word())); break;
                default: fields[at] = new(fields[at].Key, Text(fields[at].Value)); break;
            }
        }

        return fields;
    }

    private void Spoil(JsonObject document)
    {
        var places = Places(document).ToList();
        if (places.Count == 0)
            return;
        var (parent, key, index) = places[random.Next(places.Count)];
        if (parent is JsonObject owner)
        {
            switch (random.Next(4))
            {
                case 0: owner.Remove(key!); break;
                case 1: owner[Words[random.Next(Words.Length)]] = owner[key!]?.DeepClone(); break;
                default: owner[key!] = Value(owner[key!]); break;
            }
        }
        else if (parent is JsonArray list)
        {
            switch (random.Next(3))
            {
                case 0: list.RemoveAt(index); break;
                case 1: list.Add(list[index]?.DeepClone()); break;
                default: list[index] = Value(list[index]); break;
            }
        }
    }

    private JsonNode? Value(JsonNode? before) => random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        3 => JsonValue.Create(random.NextDouble() * 1e300),
        4 => new JsonArray(before?.DeepClone(), before?.DeepClone()),
        5 => new JsonObject { ["id"] = before?.DeepClone(), ["type"] = "Elsa.Flowchart" },
        6 => Nested(random.Next(2, 80)),
        _ => JsonValue.Create(Words[random.Next(Words.Length)]),
    };

    private static JsonNode Nested(int depth)
    {
        JsonNode node = new JsonArray();
        for (var i = 0; i < depth; i++)
            node = i % 2 == 0 ? new JsonObject { ["root"] = node } : new JsonArray(node);
        return node;
    }

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject owner:
                foreach (var (key, value) in owner.ToList())
                {
                    yield return (owner, key, 0);
                    foreach (var place in Places(value))
                        yield return place;
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    yield return (list, null, i);
                    foreach (var place in Places(list[i]))
                        yield return place;
                }

                break;
        }
    }
}
