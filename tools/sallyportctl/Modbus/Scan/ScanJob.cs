using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>What is to be scanned, and how gently.</summary>
/// <param name="Units">Unit ids to ask.</param>
/// <param name="Table">The table that is read.</param>
/// <param name="Range">First and last address to look at; null to look for units only.</param>
/// <param name="Block">The most addresses in one request.</param>
/// <param name="Pause">Silence after each request.</param>
/// <param name="IsForIdentity">Whether units that answer are asked who they are.</param>
internal sealed record ScanJob(IReadOnlyList<byte> Units, ModbusTable Table, (int From, int To)? Range, int Block, TimeSpan Pause, bool IsForIdentity)
{
    /// <summary>Addresses to look at in each unit.</summary>
    public int Addresses => Range is { } range ? range.To - range.From + 1 : 0;

    /// <summary>Requests that are sent at least, if every unit answers and every address is readable.</summary>
    public int FewestRequests => Units.Count * (1 + ((Addresses + Block - 1) / Block));

    /// <summary>What is about to be sent, before anything is.</summary>
    public string Announcement(string endpoint)
    {
        string requests = Range is { } range
            ? $"function {Table.FunctionCode} ({Table}) of {Units.Count} unit ids, at {range.From} to {range.To}: {FewestRequests} requests or more, as holes are narrowed down"
            : $"function {Table.FunctionCode} ({Table}) of {Units.Count} unit ids, at one address each: {FewestRequests} requests";
        string identity = IsForIdentity ? "; and function 43/14 (identification) of the units that answer" : "";
        return $"This will read from {endpoint}: {requests}{identity}, with {Pause.TotalMilliseconds:0} ms of silence after each. "
            + "Nothing is written. Some old devices dislike to be asked for what they do not have: do not scan a running plant without its people.";
    }
}
