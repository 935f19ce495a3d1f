using Sallyport.IotHub.Inputs;
using Sallyport.IotHub.Methods;
using Sallyport.IotHub.Twin;
using Sallyport.IotHub.Wire;

namespace Sallyport.IotHub.Session;

/// <summary>Gives each PUBLISH to the part that understands its topic.</summary>
/// <remarks>Never waits and never throws, whatever topic and payload are: it runs on MQTTnet's receiving loop, which also brings the
/// answers that handlers wait for. Everything that wants a PUBACK goes through the input line, whatever it is: a PUBACK out of order
/// makes edgeHub deaf to all that follow.</remarks>
internal sealed class IncomingRouter(InputServer inputs, TwinClient twin, MethodServer methods)
{
    /// <summary>Takes one PUBLISH.</summary>
    public void Route(IBrokerSession session, IncomingPublish publish)
    {
        string topic = publish.Topic ?? "";
        if (TwinTopic.TryParseResponse(topic, out int status, out string requestId))
        {
            twin.OnResponse(requestId, status, publish.Payload);
        }
        else if (TwinTopic.IsDesired(topic))
        {
            twin.OnPatch(session, publish.Payload);
        }
        else if (MethodTopic.TryParseRequest(topic, out string method, out requestId))
        {
            methods.OnCall(session, method, requestId, publish.Payload);
        }
        else
        {
            inputs.OnMessage(session, publish);
            return;
        }

        if (publish.IsAcknowledgementDue)
        {
            inputs.OnHandled(session, publish);
        }
    }
}
