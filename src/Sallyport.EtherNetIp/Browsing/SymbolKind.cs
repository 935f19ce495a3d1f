namespace Sallyport.EtherNetIp.Browsing;

/// <summary>What an entry in a controller's list of tags is.</summary>
public enum SymbolKind
{
    /// <summary>A tag that can be read.</summary>
    Tag,

    /// <summary>A program, which has tags of its own.</summary>
    Program,

    /// <summary>Input, output, configuration or status of a module.</summary>
    ModuleTag,

    /// <summary>Something of the controller's own: a routine, a task, a connection, a map, a hidden tag.</summary>
    Internal,
}
