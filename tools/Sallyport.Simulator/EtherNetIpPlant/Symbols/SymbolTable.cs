using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>Everything that has a name in a controller, as one download left it.</summary>
internal sealed class SymbolTable
{
    /// <summary>What the names of programs begin with.</summary>
    public const string ProgramPrefix = "Program:";

    private readonly Dictionary<string, SymbolScope> _programs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<uint, Template> _templates = [];

    /// <summary>All places that give unique values.</summary>
    public List<PlantPoint.Tag> UniquePoints { get; } = [];

    /// <summary>What belongs to no program.</summary>
    public SymbolScope Controller { get; } = new();

    public void Add(string program, SymbolScope scope) => _programs.Add(ProgramPrefix + program, scope);

    /// <summary>Adds the type of a tag, and the types of its members.</summary>
    public void Add(TagType type)
    {
        if (type.Template is { } template && _templates.TryAdd(template.Id, template))
        {
            foreach (var member in template.Members)
            {
                Add(member.Type);
            }
        }
    }

    /// <summary>The scope of a program by its name with the prefix, or null.</summary>
    public SymbolScope? FindProgram(ReadOnlySpan<char> name) =>
        _programs.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var scope) ? scope : null;

    public Template? FindTemplate(uint id) => _templates.GetValueOrDefault(id);
}
