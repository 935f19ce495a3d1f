using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusMaster.Tests.Tables;

public sealed class PointTableWriterTests
{
    private const string Characters = "a1zZ9 ,;=\"\\\n\r\t\u00e9/~";

    private static readonly Gen<string> Text =
        Gen.Int[0, Characters.Length - 1].Array[1, 8].Select(indexes => string.Concat(indexes.Select(i => Characters[i])));

    [Fact]
    public void Columns_come_in_a_stable_order_and_rows_in_that_of_the_document()
    {
        (string csv, ImmutableArray<PlanFault> faults) = Write("""
            {"b":{"q":{"type":"uint16","address":1,"group":"g"}},"a":{"p":{"group":"g","enum":{"0":"off","1":"a;b"},"scale":0.10,"unit":"\"x\""}}}
            """);
        Assert.Empty(faults);
        Assert.Equal("device,name,group,address,type,unit,scale,enum\r\nb,q,g,1,uint16,,,\r\na,p,g,,,\"\"\"x\"\"\",0.10,\"0=off;1=a\\;b\"\r\n", csv);
    }

    [Theory]
    [InlineData("""{"a":{"p":{"deadbant":1}}}""", "/points/a/p/deadbant", "A points table has no column for this key.")]
    [InlineData("""{"a":{"p":{"address":"1"}}}""", "/points/a/p/address", "This is empty, or not what the cells of the column hold: WholeNumber.")]
    [InlineData("""{"a":{"p":{"unit":""}}}""", "/points/a/p/unit", "This is empty, or not what the cells of the column hold: Text.")]
    [InlineData("""{"a":{"p":{"enum":{}}}}""", "/points/a/p/enum", "This is empty, or not what the cells of the column hold: TextsByName.")]
    [InlineData("""{"a":{"p":{"enum":{"0":1}}}}""", "/points/a/p/enum", "This is empty, or not what the cells of the column hold: TextsByName.")]
    [InlineData("""{"a":{"p":{"nullValues":["x"]}}}""", "/points/a/p/nullValues", "This is empty, or not what the cells of the column hold: Numbers.")]
    [InlineData("""{"a":{"p":1}}""", "/points/a/p", "This is not an object.")]
    [InlineData("""{"a/b":[]}""", "/points/a~1b", "This is not an object.")]
    [InlineData("[]", "/points", "This is not an object.")]
    public void What_a_table_cannot_hold_is_told_and_nothing_is_written(string points, string pointer, string reason)
    {
        (string csv, ImmutableArray<PlanFault> faults) = Write(points);
        Assert.Equal(new PlanFault(pointer, reason), Assert.Single(faults));
        Assert.Equal("", csv);
    }

    [Fact]
    public void Document_to_table_to_document_changes_nothing() => Documents().Sample(document =>
    {
        var buffer = new ArrayBufferWriter<byte>();
        using JsonDocument before = JsonDocument.Parse(document.ToJsonString());
        Assert.Empty(PointTableWriter.Write(before.RootElement, buffer));
        PointTable table = Assert.IsType<PointTableReading.Read>(PointTableReader.Read(buffer.WrittenMemory)).Table;
        return JsonElement.DeepEquals(before.RootElement, table.ToElement());
    });

    private static Gen<JsonObject> Documents() =>
        Gen.Dictionary(Text, Gen.Dictionary(Text, Points())[1, 4])[0, 3].Select(devices => Object(devices, points => Object(points, point => point)));

    private static Gen<JsonObject> Points() => Gen.Shuffle(PointColumns.Keys.ToArray())
        .SelectMany(keys => Gen.Int[0, keys.Length].Select(count => keys[..count]))
        .SelectMany(Values);

    private static Gen<JsonObject> Values(PointColumn[] columns) => columns.Aggregate(
        Gen.Const(0).Select(_ => new JsonObject()),
        (point, column) => Gen.Select(point, Value(column.Kind)).Select((members, value) =>
        {
            var copy = (JsonObject)members.DeepClone();
            copy[column.Key] = JsonNode.Parse(value);
            return copy;
        }));

    private static Gen<string> Value(CellKind kind) => kind switch
    {
        CellKind.Text => Text.Select(Quoted),
        CellKind.WholeNumber => Gen.Long.Select(number => JsonValue.Create(number).ToJsonString()),
        CellKind.Number => Number,
        CellKind.Numbers => Number.Array[1, 4].Select(numbers => $"[{string.Join(',', numbers)}]"),
        CellKind.NumbersByName => Gen.Dictionary(Text, Number)[1, 3].Select(pairs => Object(pairs)),
        CellKind.TextsByName => Gen.Dictionary(Text, Text.Select(Quoted))[1, 3].Select(pairs => Object(pairs)),
        _ => Gen.OneOf(Number, Number.Select(number => $"\"{number}%\"")),
    };

    private static Gen<string> Number { get; } = Gen.OneOf(
        Gen.Long.Select(number => JsonValue.Create(number).ToJsonString()),
        Gen.ULong.Select(number => JsonValue.Create(number).ToJsonString()),
        Gen.Double.Where(double.IsFinite).Select(number => JsonValue.Create(number).ToJsonString()));

    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private static string Object(IEnumerable<KeyValuePair<string, string>> members) =>
        $"{{{string.Join(',', members.Select(member => $"{Quoted(member.Key)}:{member.Value}"))}}}";

    private static JsonObject Object<T>(Dictionary<string, T> members, Func<T, JsonObject> value) =>
        new(members.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, value(member.Value).DeepClone())));

    private static (string Csv, ImmutableArray<PlanFault> Faults) Write(string points)
    {
        using JsonDocument document = JsonDocument.Parse(points);
        var buffer = new ArrayBufferWriter<byte>();
        ImmutableArray<PlanFault> faults = PointTableWriter.Write(document.RootElement, buffer);
        return (Encoding.UTF8.GetString(buffer.WrittenSpan), faults);
    }
}
