using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Pictures;

/// <summary>A tab of the workbook.</summary>
/// <param name="Name">What stands on it.</param>
/// <param name="Items">Its questions: title, query, how the result is shown, width in percent.</param>
internal sealed record WorkbookTab(string Name, JsonObject[] Items)
{
    /// <summary>A day of a fleet of three, made up by hand, in the form of the cases of rules.</summary>
    public static JsonObject Day { get; } =
        JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("tests", "Sallyport.Infrastructure.Tests", "Pictures", "day.json")))!.AsObject();

    /// <summary>All of them, from left to right.</summary>
    public static WorkbookTab[] All { get; } =
    [
        .. JsonNode.Parse(File.ReadAllText(Queries.Workbook))!["items"]!.AsArray()
            .Where(static item => item!["type"]!.GetValue<int>() == 12)
            .Select(static item => new WorkbookTab(item!["conditionalVisibility"]!["value"]!.ToString(), [.. item["content"]!["items"]!.AsArray().Where(IsQuestion).Select(Read)])),
    ];

    /// <summary>Name of the file of its picture.</summary>
    public string FileName => Name.ToLowerInvariant().Replace(' ', '-') + ".svg";

    /// <summary>As those who draw it take it.</summary>
    public JsonObject ToJson() => new() { ["name"] = Name, ["items"] = new JsonArray([.. Items.Select(static one => one.DeepClone())]) };

    private static bool IsQuestion(JsonNode? item) => item!["type"]!.GetValue<int>() == 3;

    private static JsonObject Read(JsonNode? item)
    {
        JsonNode content = item!["content"]!;
        return new JsonObject
        {
            ["title"] = content["title"]!.ToString(),
            ["query"] = $"workbook/{content["title"]}",
            ["visualization"] = content["visualization"]!.ToString(),
            ["width"] = int.Parse(item["customWidth"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
