using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Sallyport.IotHub.Twin;

namespace Sallyport.IotHub.Tests.Twin;

public sealed class DesiredStateTests
{
    private readonly DesiredState _state = new();

    [Fact]
    public void A_whole_twin_is_taken_without_its_bookkeeping() => Assert.Equal(
        """4 {"a":1}""", Apply("""{"desired":{"a":1,"$version":4,"$metadata":{"x":1}},"reported":{}}"""));

    [Theory]
    [InlineData("""{"b":2}""", """{"a":{"x":1,"y":[1,2]},"b":2}""", "new")]
    [InlineData("""{"a":{"y":[3]}}""", """{"a":{"x":1,"y":[3]}}""", "an array is replaced whole")]
    [InlineData("""{"a":5}""", """{"a":5}""", "an object is replaced by a value")]
    [InlineData("""{"a":null}""", "{}", "null deletes")]
    [InlineData("""{"a":{"x":null}}""", """{"a":{"y":[1,2]}}""", "null deletes inside")]
    [InlineData("""{"z":null}""", """{"a":{"x":1,"y":[1,2]}}""", "null of what is not there")]
    [InlineData("""{"n":{"x":null,"y":1}}""", """{"a":{"x":1,"y":[1,2]},"n":{"y":1}}""", "null in a new object")]
    public void A_patch_of_the_next_version_is_merged(string patch, string expected, string because)
    {
        Apply("""{"desired":{"a":{"x":1,"y":[1,2]},"$version":4}}""");

        Assert.True(string.Equals($"5 {expected}", Patch(patch[..^1] + (patch.Length > 2 ? "," : "") + "\"$version\":5}"), StringComparison.Ordinal), because);
    }

    [Fact]
    public void A_patch_that_we_have_is_nothing_new()
    {
        Apply("""{"desired":{"a":1,"$version":4}}""");

        Assert.Equal("unchanged", Patch("""{"a":2,"$version":4}"""));
    }

    [Theory]
    [InlineData(3, "versions may have started again")]
    [InlineData(6, "one is missing")]
    public void A_patch_of_another_version_asks_for_the_whole_twin(int version, string because)
    {
        Apply("""{"desired":{"a":1,"$version":4}}""");

        Assert.True(string.Equals("gap", Patch($$"""{"a":2,"$version":{{version}}}"""), StringComparison.Ordinal), because);
    }

    [Fact]
    public void A_patch_without_a_twin_asks_for_it() => Assert.Equal("gap", Patch("""{"a":2,"$version":1}"""));

    [Theory]
    [InlineData("""{"desired":{}}""", "absent")]
    [InlineData("""{"desired":{"$version":0}}""", "absent")]
    [InlineData("""{"desired":{"$version":7}}""", "unchanged")]
    public void An_empty_twin_that_is_not_newer_deletes_nothing(string twin, string outcome)
    {
        _state.Seed(new DesiredProperties(7, new JsonObject { ["a"] = 1 }));

        Assert.Equal(outcome, Apply(twin));
        Assert.Equal("""8 {"a":1,"b":2}""", Patch("""{"b":2,"$version":8}"""));
    }

    [Fact]
    public void An_empty_twin_that_is_newer_deletes_all()
    {
        _state.Seed(new DesiredProperties(7, new JsonObject { ["a"] = 1 }));

        Assert.Equal("8 {}", Apply("""{"desired":{"$version":8}}"""));
    }

    [Fact]
    public void A_twin_that_was_made_anew_counts_although_its_version_is_lower()
    {
        _state.Seed(new DesiredProperties(7, new JsonObject { ["a"] = 1 }));

        Assert.Equal("""2 {"b":1}""", Apply("""{"desired":{"b":1,"$version":2}}"""));
    }

    [Fact]
    public void The_first_twin_of_a_run_is_handled_even_if_it_is_the_seed_and_then_only_changes()
    {
        _state.Seed(new DesiredProperties(7, new JsonObject { ["a"] = 1 }));

        Assert.Equal("""7 {"a":1}""", Apply("""{"desired":{"a":1,"$version":7}}"""));
        Assert.Equal("unchanged", Apply("""{"desired":{"a":1,"$version":7}}"""));
    }

    [Fact]
    public void Receivers_and_givers_keep_their_documents()
    {
        var seed = new JsonObject { ["a"] = 1 };
        _state.Seed(new DesiredProperties(7, seed));
        seed["a"] = 2;
        var first = (DesiredStep.Changed)_state.ApplyPatch("""{"b":{"x":1},"$version":8}"""u8.ToArray());
        first.Desired.Document.Clear();

        Assert.Equal("""9 {"a":1,"b":{"x":1},"c":1}""", Patch("""{"c":1,"$version":9}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"desired":1}""")]
    [InlineData("""{"desired":{"$version":"x"}}""")]
    [InlineData("""{"desired":{"$version":-1}}""")]
    [InlineData("""{"desired":{"$version":1.5}}""")]
    [InlineData("""{"desired":{"$version":[]}}""")]
    [InlineData("""{"desired":{"a":1,"a":2,"$version":1}}""")]
    public void What_is_not_a_twin_is_said_to_be_none(string twin) => Assert.Equal("malformed", Apply(twin));

    [Fact]
    public void Any_sequence_of_patches_gives_what_the_broker_has() => Gen
        .Select(Gen.Char['a', 'c'], Gen.Char['a', 'c'], Gen.Int[-1, 3])
        .Array[1, 30]
        .Sample(changes =>
        {
            var state = new DesiredState();
            var truth = new SortedDictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
            state.ApplyTwin("""{"desired":{"$version":1}}"""u8.ToArray());
            long version = 1;
            JsonObject? last = null;
            foreach ((char outer, char inner, int value) in changes)
            {
                SortedDictionary<string, int> group = truth.TryGetValue($"{outer}", out SortedDictionary<string, int>? found)
                    ? found
                    : truth[$"{outer}"] = new SortedDictionary<string, int>(StringComparer.Ordinal);
                string text = value < 0 ? "null" : $"{value}";
                _ = value < 0 ? group.Remove($"{inner}") : (group[$"{inner}"] = value) >= 0;
                DesiredStep step = state.ApplyPatch(Encoding.UTF8.GetBytes($$"""{"{{outer}}":{"{{inner}}":{{text}}},"$version":{{++version}}}"""));
                last = ((DesiredStep.Changed)step).Desired.Document;
            }

            var expected = new JsonObject(truth.Select(group => KeyValuePair.Create(
                group.Key, (JsonNode?)new JsonObject(group.Value.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))))));
            return JsonNode.DeepEquals(expected, last);
        });

    [Fact]
    public void Any_bytes_give_a_step() => Gen.OneOf(
            Gen.Byte.Array[0, 60],
            Gen.Char["{}[]\":,01$versiondp null"].Array[0, 80].Select(characters => Encoding.UTF8.GetBytes(characters)))
        .Sample(bytes => _state.ApplyPatch(bytes) is not null && _state.ApplyTwin(bytes) is not null);

    private static string Name(DesiredStep step) => step switch
    {
        DesiredStep.Changed changed => $"{changed.Desired.Version} {changed.Desired.Document.ToJsonString()}",
        DesiredStep.Unchanged => "unchanged",
        DesiredStep.Gap => "gap",
        DesiredStep.Absent => "absent",
        _ => "malformed",
    };

    private string Apply(string twin) => Name(_state.ApplyTwin(Encoding.UTF8.GetBytes(twin)));

    private string Patch(string patch) => Name(_state.ApplyPatch(Encoding.UTF8.GetBytes(patch)));
}
