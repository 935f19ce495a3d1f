namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>The symbols of the controller, or of one program.</summary>
internal sealed class SymbolScope
{
    private readonly Dictionary<string, Symbol> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedList<uint, Symbol> _byId = [];

    /// <summary>All symbols by instance.</summary>
    public IList<Symbol> Symbols => _byId.Values;

    public void Add(Symbol symbol)
    {
        _byName.Add(symbol.Name, symbol);
        _byId.Add(symbol.Id, symbol);
    }

    /// <summary>Puts a symbol into the place of the one of its name and instance.</summary>
    public void Replace(Symbol symbol) => _byName[symbol.Name] = _byId[symbol.Id] = symbol;

    public Symbol? Find(ReadOnlySpan<char> name) => _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var symbol) ? symbol : null;

    public Symbol? Find(uint id) => _byId.GetValueOrDefault(id);

    /// <summary>Place in <see cref="Symbols"/> of the first symbol whose instance is not below a number.</summary>
    public int IndexFrom(uint id)
    {
        var (low, high) = (0, _byId.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _byId.Keys[middle] < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
