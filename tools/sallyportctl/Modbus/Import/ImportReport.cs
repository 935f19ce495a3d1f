using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Terminal;
using Sallyport.Hosting;
using Spectre.Console;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>What was taken over, and what not.</summary>
/// <param name="file">The foreign file.</param>
/// <param name="draft">What came of it.</param>
/// <param name="fault">What the module has against it as a whole; null for nothing.</param>
/// <param name="target">The file that it was written to; null for standard output.</param>
/// <param name="points">The file of points that it was written to instead; null if the points are in the twin.</param>
internal sealed class ImportReport(string file, TwinDraft draft, PlanFault? fault, string? target, PointsFile? points) : IReport
{
    /// <summary>JSON for people.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _twin = points is null ? draft.Twin : PointsTarget.Without(draft.Twin, points);
    private readonly ImmutableArray<ImportNote> _losses = [.. InOrder(draft.Notes.Where(note => note.IsLoss))];
    private readonly ImmutableArray<ImportNote> _remarks = [.. InOrder(draft.Notes.Where(note => !note.IsLoss))];

    /// <inheritdoc/>
    public ExitCode ExitCode => _losses.IsEmpty && fault is null ? ExitCode.Good : ExitCode.Problems;

    /// <summary>The twin as text.</summary>
    public string Twin => _twin.ToJsonString(Indented);

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Note($"{file}: {Count(TwinDraft.Connections)} connections, {Count(TwinDraft.Units)} units, {Count(TwinDraft.Groups)} groups and {Points} points were taken over.");
        foreach (ImportNote note in _losses)
        {
            screen.Note($"{file}:{note.Place}: {note.Path}: not taken over: {note.Reason}");
        }

        foreach (ImportNote note in _remarks)
        {
            screen.Note($"{file}:{note.Place}: {note.Path}: note: {note.Reason}");
        }

        if (fault is not null)
        {
            screen.Complain($"The module would refuse it as a whole: {fault.Reason}");
        }

        if (points is not null)
        {
            screen.Note($"{target} is written. It goes into the module's folder, and this is the twin that names it:");
        }

        if (target is null || points is not null)
        {
            screen.Line(Twin);
        }
        else
        {
            screen.Headline($"{target} is written.", fault is null ? Color.Green : Color.Yellow);
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("file", file);
        json.WriteString("written", target);
        json.WriteBoolean("valid", fault is null);
        json.WriteString("fault", fault?.Reason);
        json.WriteNumber("points", Points);
        WriteNotes(json, "notTakenOver", _losses);
        WriteNotes(json, "notes", _remarks);
        json.WritePropertyName("twin");
        _twin.WriteTo(json);
    }

    private int Points => draft.Section(TwinDraft.Points).Sum(unit => unit.Value!.AsObject().Count);

    private static IEnumerable<ImportNote> InOrder(IEnumerable<ImportNote> notes) => notes.OrderBy(note => note.Place.Line).ThenBy(note => note.Place.Column);

    private static void WriteNotes(Utf8JsonWriter json, string name, ImmutableArray<ImportNote> notes)
    {
        json.WriteStartArray(name);
        foreach (ImportNote note in notes)
        {
            json.WriteStartObject();
            json.WriteString("path", note.Path);
            json.WriteNumber("line", note.Place.Line);
            json.WriteNumber("column", note.Place.Column);
            json.WriteString("reason", note.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private string Count(string section) => draft.Section(section).Count.ToString(CultureInfo.InvariantCulture);
}
