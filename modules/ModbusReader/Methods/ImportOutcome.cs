namespace Sallyport.ModbusReader.Methods;

/// <summary>What became of a piece of a points file. Closed.</summary>
internal abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    /// <summary>The file has come so far.</summary>
    internal sealed record Continue(long Next) : ImportOutcome;

    /// <summary>The file is whole, proved and there after a power cut.</summary>
    internal sealed record Stored : ImportOutcome
    {
        /// <summary>The only instance.</summary>
        public static Stored Instance { get; } = new();
    }

    /// <summary>The piece does not begin where the one before ended; nothing was written.</summary>
    internal sealed record OutOfPlace(long Next) : ImportOutcome;

    /// <summary>The whole file is not the one that was announced; it was thrown away.</summary>
    internal sealed record OtherDigest(string Found) : ImportOutcome;

    /// <summary>The folder has as many files as it may have.</summary>
    internal sealed record NoRoom : ImportOutcome
    {
        /// <summary>The only instance.</summary>
        public static NoRoom Instance { get; } = new();
    }

    /// <summary>The disk said no.</summary>
    internal sealed record Failed(string Reason) : ImportOutcome;
}
