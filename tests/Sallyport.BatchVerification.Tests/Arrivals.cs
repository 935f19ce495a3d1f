using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>What may happen to a true stream on its way, and what a verifier has to say to it.</summary>
internal sealed class Arrivals(IReadOnlyList<HubMessage> stream)
{
    private readonly List<(int At, bool IsEdited, int Edit)> _arrivals = [.. stream.Select((_, at) => (at, false, 0))];

    public enum Deed
    {
        Drop,
        Duplicate,
        Swap,
        Edit,
    }

    public void Do(Deed deed, int first, int second)
    {
        if (_arrivals.Count == 0)
        {
            return;
        }

        int one = first % _arrivals.Count;
        int other = second % _arrivals.Count;
        switch (deed)
        {
            case Deed.Drop:
                _arrivals.RemoveAt(one);
                break;
            case Deed.Duplicate:
                _arrivals.Insert(other, _arrivals[one]);
                break;
            case Deed.Swap:
                (_arrivals[one], _arrivals[other]) = (_arrivals[other], _arrivals[one]);
                break;
            default:
                _arrivals[one] = (_arrivals[one].At, true, second);
                break;
        }
    }

    /// <summary>Each message as it arrives, with the verdict that is right.</summary>
    public IEnumerable<(HubMessage Message, string Verdict)> Judged()
    {
        var there = new HashSet<int>();
        int highest = -1;
        foreach ((int at, bool isEdited, int edit) in _arrivals)
        {
            if (isEdited)
            {
                yield return (Edited(stream[at], edit), "Forged");
                continue;
            }

            yield return (stream[at], !there.Add(at) ? "Duplicate" : at < highest ? "Reordered" : at == highest + 1 ? "Ok" : $"Gap {Text(stream[highest + 1], 0)} to {Text(stream[at], -1)}");
            highest = Math.Max(highest, at);
        }
    }

    /// <summary>The messages that are missing in the end, below the last one that came.</summary>
    public IEnumerable<HubMessage> Missing()
    {
        HashSet<int> there = [.. _arrivals.Where(arrival => !arrival.IsEdited).Select(arrival => arrival.At)];
        return Enumerable.Range(0, there.DefaultIfEmpty(-1).Max() + 1).Where(at => !there.Contains(at)).Select(at => stream[at]);
    }

    private static string Text(HubMessage message, int more) =>
        (long.Parse(message.Properties["sp-seq"], CultureInfo.InvariantCulture) + more).ToString(CultureInfo.InvariantCulture);

    private static HubMessage Edited(HubMessage message, int edit)
    {
        string[] spoiled = ["sp-page", "sp-seq", "sp-lost", "sp-mac", "sp-prev", "sp-kid", "sp-count", "sp-epoch"];
        int which = edit % (spoiled.Length + 1);
        if (which == spoiled.Length)
        {
            return message.WithBody(body => body[edit % body.Length] ^= (byte)(1 << (edit % 8)));
        }

        // Another digit at the end: a number, a hash or a page that is not the true one.
        string value = message.Properties[spoiled[which]];
        return message.With(spoiled[which], value[..^1] + (value[^1] == '7' ? '6' : '7'));
    }
}
