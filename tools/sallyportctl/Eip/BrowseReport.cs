using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpOriginator.Listing;
using Spectre.Console;

namespace Sallyport.Ctl.Eip;

/// <summary>The tags of a controller.</summary>
internal sealed class BrowseReport(ControllerPlan plan, ReadableTags tags, string filter) : IReport
{
    private readonly ImmutableArray<ReadableTag> _shown = [.. tags.From(filter, after: null)];

    /// <inheritdoc/>
    public ExitCode ExitCode => ExitCode.Good;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Headline(string.Create(CultureInfo.InvariantCulture, $"{plan.Host}: {_shown.Length} of {tags.All.Length} tags"), Color.Green);
        screen.Table(new ReportTable("Tags", ["Tag", "Type", "Dimensions", "Access"], [.. _shown.Select(Row)]));
        if (_shown.Any(tag => tag.Symbol.Access is ExternalAccess.None))
        {
            screen.Line("Access none: the programmer set External Access to None, so that the tag cannot be read.");
        }

        if (_shown.Any(tag => tag.Template is { StringCapacity: 0 }))
        {
            screen.Line("A structure is read by its members, for example Recipe.Step; --twin shows them.");
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("host", plan.Host);
        json.WriteNumber("total", tags.All.Length);
        json.WriteStartArray("tags");
        foreach (ReadableTag tag in _shown)
        {
            json.WriteStartObject();
            tag.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<string> Row(ReadableTag tag) => [tag.Name, tag.Type, tag.DimensionsText, tag.AccessWord];
}
