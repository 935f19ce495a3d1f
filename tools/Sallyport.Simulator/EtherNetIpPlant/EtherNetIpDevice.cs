using System.Collections.Concurrent;
using Sallyport.Simulator.EtherNetIpPlant.Connections;
using Sallyport.Simulator.EtherNetIpPlant.Messages;
using Sallyport.Simulator.EtherNetIpPlant.Symbols;

namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>One controller without its sockets: messages in, replies out. Asked on any thread.</summary>
/// <param name="identity">Who it says it is.</param>
/// <param name="traits">What it can do.</param>
/// <param name="program">Makes its tags. Gets the number of the download, from 0: each one gives the same names other instances.</param>
/// <param name="time">The clock of its watchdogs.</param>
internal sealed class EtherNetIpDevice(DeviceIdentity identity, DeviceTraits traits, Func<int, SymbolTable> program, TimeProvider time)
{
    private readonly ConcurrentDictionary<byte, int> _writes = [];
    private volatile SymbolTable _symbols = program(0);
    private int _download;
    private int _mode = (int)ControllerMode.RemoteRun;

    /// <summary>Who it says it is.</summary>
    public DeviceIdentity Identity { get; } = identity;

    /// <summary>What it can do.</summary>
    public DeviceTraits Traits { get; } = traits;

    /// <summary>Its tags as the last download left them.</summary>
    public SymbolTable Symbols => _symbols;

    /// <summary>Its connections.</summary>
    public Class3Connections Connections { get; } = new(identity, traits, time);

    /// <summary>What it is doing.</summary>
    public ControllerMode Mode
    {
        get => (ControllerMode)Volatile.Read(ref _mode);
        set => Volatile.Write(ref _mode, (int)value);
    }

    /// <summary>Requests that would have changed something, by service code. All were refused; a reader that sends one is broken.</summary>
    public IReadOnlyDictionary<byte, int> Writes => _writes;

    /// <summary>Puts the program into the controller again: names stay, instances of symbols and templates change.</summary>
    public void Download() => _symbols = program(Interlocked.Increment(ref _download));

    /// <summary>Answers one message.</summary>
    /// <param name="message">Service, path and data.</param>
    /// <param name="exchange">Takes the reply, which ends where its writer must end.</param>
    public void Answer(ReadOnlySpan<byte> message, CipExchange exchange)
    {
        if (!CipRequest.TryRead(message, out var request))
        {
            exchange.Refuse(message.IsEmpty ? (byte)0 : message[0], CipStatus.NotEnoughData);
            return;
        }

        var reader = new PathReader(request.Path);
        if (!reader.TryNext(out var first))
        {
            exchange.Refuse(request.Service, CipStatus.PathSegmentError);
            return;
        }

        var isConnectionManager = first is { Kind: SegmentKind.ClassId, Number: Class3Connections.Class };
        if (CipService.IsWrite(request.Service, isConnectionManager))
        {
            _writes.AddOrUpdate(request.Service, 1, static (_, count) => count + 1);
            exchange.Refuse(request.Service, CipStatus.ServiceNotSupported);
        }
        else if (first.Kind is SegmentKind.Symbol || first is { Kind: SegmentKind.ClassId, Number: TagPath.SymbolClass })
        {
            AnswerSymbol(request, exchange);
        }
        else if (first.Kind is not SegmentKind.ClassId || !reader.TryNext(out var instance) || instance.Kind is not SegmentKind.InstanceId)
        {
            exchange.Refuse(request.Service, CipStatus.PathSegmentError);
        }
        else
        {
            AnswerObject(first.Number, instance.Number, ref reader, request, exchange);
        }
    }

    private void AnswerSymbol(in CipRequest request, CipExchange exchange)
    {
        switch (request.Service)
        {
            case CipService.ReadTag or CipService.ReadTagFragmented:
                TagReading.Answer(this, request, exchange);
                break;
            case CipService.GetInstanceAttributeList:
                SymbolListing.Answer(this, request, exchange);
                break;
            default:
                exchange.Refuse(request.Service, CipStatus.ServiceNotSupported);
                break;
        }
    }

    private void AnswerObject(uint classId, uint instance, ref PathReader rest, in CipRequest request, CipExchange exchange)
    {
        switch (classId, instance)
        {
            case (IdentityObject.Class, 1):
                uint? attribute = rest.TryNext(out var last) && last.Kind is SegmentKind.AttributeId ? last.Number : null;
                IdentityObject.Answer(this, attribute, request, exchange);
                break;
            case (MultipleServicePacket.Class, 1) when request.Service == CipService.MultipleServicePacket && Traits.KnowsMultipleServicePacket && !exchange.IsEmbedded:
                MultipleServicePacket.Answer(this, request, exchange);
                break;
            case (MultipleServicePacket.Class, 1):
                exchange.Refuse(request.Service, CipStatus.ServiceNotSupported);
                break;
            case (Class3Connections.Class, 1) when request.Service == CipService.UnconnectedSend && Traits.HasBackplane && !exchange.IsEmbedded:
                UnconnectedSend.Answer(this, request, exchange);
                break;
            case (Class3Connections.Class, 1) when !exchange.IsEmbedded:
                Connections.Answer(request, exchange);
                break;
            case (Class3Connections.Class, 1):
                exchange.Refuse(request.Service, CipStatus.ServiceNotSupported);
                break;
            case (TemplateObject.Class, _) when Traits.KnowsWholeStructures:
                TemplateObject.Answer(this, instance, request, exchange);
                break;
            default:
                exchange.Refuse(request.Service, CipStatus.PathDestinationUnknown);
                break;
        }
    }
}
