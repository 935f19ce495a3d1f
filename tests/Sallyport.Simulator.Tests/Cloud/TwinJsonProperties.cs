using System.Text.Json.Nodes;
using CsCheck;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.Tests.Cloud;

public sealed class TwinJsonProperties
{
    private static readonly Gen<JsonObject> Documents = Gen.Int[0, 1_000].Array[0, 12].Select(Build);

    [Fact]
    public void A_difference_merged_into_the_first_document_gives_the_second() =>
        Gen.Select(Documents, Documents).Sample((from, to) =>
        {
            var target = (JsonObject)from.DeepClone();
            TwinJson.Merge(target, TwinJson.Difference(from, to));
            Assert.True(JsonNode.DeepEquals(to, target), $"{from} -> {to} gave {target}");
        });

    [Fact]
    public void There_is_no_difference_between_a_document_and_itself() =>
        Documents.Sample(document => Assert.Empty(TwinJson.Difference(document, (JsonObject)document.DeepClone())));

    [Fact]
    public void Null_deletes_at_any_depth_and_is_never_stored()
    {
        JsonObject target = JsonNode.Parse("""{"a":{"x":1,"y":2},"b":1}""")!.AsObject();

        TwinJson.Merge(target, JsonNode.Parse("""{"a":{"x":null},"b":null,"c":{"z":null,"w":1}}""")!.AsObject());

        Assert.Equal("""{"a":{"y":2},"c":{"w":1}}""", target.ToJsonString());
    }

    // Each number sets one place, at the root or one level below it.
    private static JsonObject Build(int[] numbers)
    {
        var document = new JsonObject();
        foreach (int number in numbers)
        {
            string name = $"n{number % 3}";
            JsonNode value = JsonValue.Create(number / 18 % 4);
            if (number / 3 % 2 == 0)
            {
                document[name] = value;
            }
            else if (document[name] is JsonObject inner)
            {
                inner[$"n{number / 6 % 3}"] = value;
            }
            else
            {
                document[name] = new JsonObject { [$"n{number / 6 % 3}"] = value };
            }
        }

        return document;
    }
}
