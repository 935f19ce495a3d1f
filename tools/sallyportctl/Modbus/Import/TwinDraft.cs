using System.Globalization;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>A twin that an importer writes, with the origin of each of its parts.</summary>
internal sealed class TwinDraft
{
    public const string Connections = "connections";
    public const string Units = "units";
    public const string Groups = "groups";
    public const string Points = "points";

    private readonly Dictionary<string, DocumentNode> _origins = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Wish, int IntervalMs), string> _groups = [];
    private readonly List<ImportNote> _notes = [];

    /// <summary>The desired properties so far.</summary>
    public JsonObject Twin { get; } = new()
    {
        [Connections] = new JsonObject(),
        [Units] = new JsonObject(),
        [Groups] = new JsonObject(),
        [Points] = new JsonObject(),
    };

    /// <summary>What became of the foreign configuration.</summary>
    public IReadOnlyList<ImportNote> Notes => _notes;

    /// <summary>A connection; the one that there is if it leads to the same endpoint.</summary>
    /// <returns>Its name.</returns>
    public string Connection(DocumentNode origin, string wish, JsonObject connection)
    {
        string endpoint = connection["endpoint"]!.GetValue<string>();
        return FindOrAdd(Connections, origin, wish, connection, other => string.Equals(other["endpoint"]!.GetValue<string>(), endpoint, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A unit; the one that there is if it has the same id behind the same connection.</summary>
    /// <returns>Its name.</returns>
    public string Unit(DocumentNode origin, string wish, string connection, int unitId) => FindOrAdd(
        Units,
        origin,
        wish,
        new JsonObject { ["connection"] = connection, ["unitId"] = unitId },
        other => string.Equals(other["connection"]!.GetValue<string>(), connection, StringComparison.Ordinal) && other["unitId"]!.GetValue<int>() == unitId);

    /// <summary>A poll group; the one that there is if wish and interval are the same.</summary>
    /// <returns>Its name.</returns>
    public string Group(DocumentNode origin, string? wish, int intervalMs)
    {
        wish ??= string.Create(CultureInfo.InvariantCulture, $"every-{intervalMs}ms");
        if (!_groups.TryGetValue((wish, intervalMs), out string? name))
        {
            name = FindOrAdd(Groups, origin, wish, new JsonObject { ["intervalMs"] = intervalMs }, static _ => false);
            _groups.Add((wish, intervalMs), name);
        }

        return name;
    }

    /// <summary>A point.</summary>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="wishes">Names in the order of preference.</param>
    /// <param name="point">Its members.</param>
    public void Point(DocumentNode origin, string unit, IReadOnlyList<string> wishes, JsonObject point)
    {
        JsonObject points = Section(Points);
        JsonObject members = points[unit] as JsonObject ?? Add(points, unit, new JsonObject());
        string name = TwinName.Choose(wishes, Taken(members));
        Add(members, name, point);
        _origins[$"/{Points}/{unit}/{name}"] = origin;
        if (!string.Equals(name, wishes[0], StringComparison.Ordinal))
        {
            Remark(origin, $"\"{wishes[0]}\" is called {unit}/{name}.");
        }
    }

    /// <summary>Says that something was taken over, but not quite as it stood.</summary>
    public void Remark(DocumentNode origin, string reason) => _notes.Add(new ImportNote(origin.Pointer, origin.Place, IsLoss: false, reason));

    /// <summary>Says that something could not be taken over.</summary>
    public void Lose(DocumentNode origin, string reason) => _notes.Add(new ImportNote(origin.Pointer, origin.Place, IsLoss: true, reason));

    /// <summary>Takes a part out again, and says why.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Drop(string section, string name, string reason) => Drop(Section(section), $"/{section}/{name}", name, reason);

    /// <summary>Takes a point out again, and says why.</summary>
    /// <returns>Whether it was there.</returns>
    public bool DropPoint(string unit, string name, string reason) =>
        Section(Points)[unit] is JsonObject points && Drop(points, $"/{Points}/{unit}/{name}", name, reason);

    /// <summary>Takes a part out without a word: nothing needs it.</summary>
    public void Prune(string section, string name) => Section(section).Remove(name);

    /// <summary>One of the four sections.</summary>
    public JsonObject Section(string name) => Twin[name]!.AsObject();

    private static Func<string, bool> Taken(JsonObject members) => name => members.Any(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase));

    private static JsonObject Add(JsonObject parent, string name, JsonObject member)
    {
        parent[name] = member;
        return member;
    }

    private bool Drop(JsonObject parent, string pointer, string name, string reason)
    {
        if (!parent.Remove(name))
        {
            return false;
        }

        Lose(_origins.GetValueOrDefault(pointer) ?? new DocumentNode("", new Place(1, 1)), reason);
        return true;
    }

    private string FindOrAdd(string section, DocumentNode origin, string wish, JsonObject member, Func<JsonObject, bool> isSame)
    {
        JsonObject members = Section(section);
        foreach ((string name, JsonNode? other) in members)
        {
            if (isSame(other!.AsObject()))
            {
                return name;
            }
        }

        string chosen = TwinName.Choose([wish], Taken(members));
        Add(members, chosen, member);
        _origins[$"/{section}/{chosen}"] = origin;
        return chosen;
    }
}
