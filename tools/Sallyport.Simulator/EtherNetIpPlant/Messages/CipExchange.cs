using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant.Messages;

/// <summary>One request of one client on its way through the device. Kept and used again for the client's next request.</summary>
internal sealed class CipExchange
{
    /// <summary>Takes the reply.</summary>
    public ReplyWriter Reply { get; } = new();

    /// <summary>Unique values in the reply, to be entered in the ledger once it is on the wire.</summary>
    public List<ServedValue> Drawn { get; } = [];

    /// <summary>The plant's running time.</summary>
    public TimeSpan At { get; set; }

    /// <summary>The session of the client.</summary>
    public uint SessionHandle { get; set; }

    /// <summary>Whether the request lies inside of a multiple service packet.</summary>
    public bool IsEmbedded { get; set; }

    /// <summary>Answers with a status and nothing else.</summary>
    public void Refuse(byte service, CipStatus status) => Reply.Begin(service, status);
}
