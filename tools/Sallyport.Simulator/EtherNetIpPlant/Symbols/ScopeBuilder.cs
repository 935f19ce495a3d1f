using System.Text;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>Fills one scope with tags. Instances of the symbol object are given out in the order of the calls.</summary>
/// <param name="table">Takes the types.</param>
/// <param name="scope">Takes the tags.</param>
/// <param name="prefix">What stands before the names of unique points: nothing, or the program.</param>
/// <param name="controller">Whose points the unique ones are, as the configuration names it.</param>
/// <param name="ledger">Draws unique values.</param>
/// <param name="firstId">The first instance.</param>
internal sealed class ScopeBuilder(SymbolTable table, SymbolScope scope, string prefix, string controller, PlantLedger ledger, uint firstId)
{
    // Instances have gaps in a real controller too.
    private const uint IdStep = 3;

    private uint _nextId = firstId;

    /// <summary>The place of a unique value.</summary>
    public PlantPoint Point(string path)
    {
        var point = new PlantPoint.Tag(controller, prefix + path);
        table.UniquePoints.Add(point);
        return point;
    }

    /// <summary>A tag of whole numbers that stay as they are.</summary>
    /// <param name="name">Name.</param>
    /// <param name="type">Type of an element.</param>
    /// <param name="value">Value of an element by its place in memory.</param>
    /// <param name="dimensions">None for a single one.</param>
    public ScopeBuilder Integers(string name, TagType type, Func<int, long> value, params int[] dimensions)
    {
        var memory = Tag(name, type, dimensions);
        for (var index = 0; index < memory.Size / type.Size; index++)
        {
            ElementaryValue.Integer(memory.Image.Slice(index * type.Size, type.Size), value(index));
        }

        return this;
    }

    /// <summary>The same of floating point numbers.</summary>
    public ScopeBuilder Reals(string name, TagType type, Func<int, double> value, params int[] dimensions)
    {
        var memory = Tag(name, type, dimensions);
        for (var index = 0; index < memory.Size / type.Size; index++)
        {
            ElementaryValue.Real(memory.Image.Slice(index * type.Size, type.Size), value(index));
        }

        return this;
    }

    /// <summary>A single floating point number that moves.</summary>
    public ScopeBuilder Living(string name, TagType type, LivingValue value)
    {
        Tag(name, type, []).Add(new LiveCell.Living(0, type.Size, (cell, at) => ElementaryValue.Real(cell, value.At(at))));
        return this;
    }

    /// <summary>A single whole number that moves.</summary>
    public ScopeBuilder Counting(string name, TagType type, LivingValue value)
    {
        Tag(name, type, []).Add(new LiveCell.Living(0, type.Size, (cell, at) => ElementaryValue.Integer(cell, (long)value.At(at))));
        return this;
    }

    /// <summary>A DINT that never has the same value twice.</summary>
    public ScopeBuilder Unique(string name)
    {
        Tag(name, TagType.Dint, []).Add(new LiveCell.Unique(0, Point(name)));
        return this;
    }

    /// <summary>Structures.</summary>
    public ScopeBuilder Structures(string name, TagType type, Action<int, StructureWriter> fill, params int[] dimensions)
    {
        var memory = Tag(name, type, dimensions);
        for (var index = 0; index < memory.Size / type.Size; index++)
        {
            fill(index, new(memory, type.Template!, index * type.Size));
        }

        return this;
    }

    /// <summary>A Logix STRING that changes.</summary>
    public ScopeBuilder Text(string name, TagType type, Func<TimeSpan, string> value)
    {
        Tag(name, type, []).Add(new LiveCell.Living(0, type.Size, (cell, at) => StructureWriter.Text(cell, value(at))));
        return this;
    }

    /// <summary>STRINGs of Micro800.</summary>
    public ScopeBuilder ShortTexts(string name, Func<int, string> value, params int[] dimensions)
    {
        var memory = Tag(name, TagType.ShortString, dimensions);
        for (var index = 0; index < memory.Size / TagType.ShortString.Size; index++)
        {
            var slot = memory.Image.Slice(index * TagType.ShortString.Size, TagType.ShortString.Size);
            slot[0] = (byte)Encoding.Latin1.GetBytes(value(index), slot[1..]);
        }

        return this;
    }

    /// <summary>Another name for a tag.</summary>
    public ScopeBuilder Alias(string name, string of)
    {
        scope.Add(scope.Find(of)! with { Id = NextId(), Name = name, IsAlias = true });
        return this;
    }

    /// <summary>Says what clients may do with a tag; without it they may do all.</summary>
    public ScopeBuilder Access(string name, ExternalAccess access)
    {
        scope.Replace(scope.Find(name)! with { Access = access });
        return this;
    }

    /// <summary>A name that is no tag.</summary>
    public ScopeBuilder OfSystem(string name, byte code)
    {
        scope.Add(Symbol.OfSystem(NextId(), name, code));
        return this;
    }

    private TagMemory Tag(string name, TagType type, int[] dimensions)
    {
        var memory = new TagMemory(dimensions.Aggregate(type.Size, (size, dimension) => size * dimension), ledger);
        table.Add(type);
        scope.Add(Symbol.Tag(NextId(), name, type, dimensions, ExternalAccess.ReadWrite, memory));
        return memory;
    }

    private uint NextId() => _nextId += IdStep;
}
