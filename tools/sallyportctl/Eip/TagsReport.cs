using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.Ctl.Eip;

/// <summary>What tags were when they were read.</summary>
internal sealed class TagsReport(SourcePlan source, ImmutableArray<CipDataType?> types, ImmutableArray<ValueOutcome> values) : IReport
{
    private readonly ImmutableArray<TagPlan> _tags = source.Polls[0].Tags;

    /// <inheritdoc/>
    public ExitCode ExitCode => values.All(value => value.Status.IsGood) ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen) =>
        screen.Table(new ReportTable("Tags", ["Tag", "Type", ">Value", "Status"], [.. _tags.Select((_, i) => Row(i))]));

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("host", source.Controller.Host);
        json.WriteStartArray("tags");
        for (int i = 0; i < _tags.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("tag", _tags[i].Tag.Text);
            json.WriteString("type", TypeOf(i));
            if (values[i].Value is { } value)
            {
                json.WritePointValue("value", value);
            }

            json.WriteString("status", values[i].Status.Symbol);
            if (values[i].Reason is { } reason)
            {
                json.WriteString("reason", reason);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private ImmutableArray<string> Row(int index) =>
    [
        _tags[index].Tag.Text, TypeOf(index), values[index].Value?.ToString() ?? "",
        values[index].Reason is { } reason ? $"{values[index].Status}: {reason}" : values[index].Status.ToString(),
    ];

    private string TypeOf(int index) => Vocabulary.WordFor(_tags[index].Tag.Bit is null ? types[index] : CipDataType.Bool);
}
