using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Kusto;

/// <summary>A query and its result as a page of Kusto's documentation has it, or a query that our stand-in refuses.</summary>
/// <param name="Page">The page below learn.microsoft.com/kusto/query.</param>
/// <param name="Query">The query.</param>
/// <param name="Written">As it stands in the file.</param>
internal sealed record Example(string Page, string Query, JsonObject Written)
{
    /// <summary>All of them.</summary>
    public static Example[] All { get; } =
    [
        .. JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("tests", "Sallyport.Infrastructure.Tests", "Kusto", "examples.json")))!.AsArray()
            .Select(static one => new Example(one!["page"]!.ToString(), one["query"]!.ToString(), one.AsObject())),
    ];
}
