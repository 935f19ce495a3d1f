using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet.Exceptions;

namespace Sallyport.IotHub.Session;

/// <summary>The connection to the broker failed. The message is made of our own words: no text of a library or a peer gets in.</summary>
#pragma warning disable CA1064 // Never leaves this library: it ends as an outcome.
internal sealed class BrokerException(string message) : Exception(message)
#pragma warning restore CA1064
{
    /// <summary>Whether an exception from MQTTnet, TLS or the socket means that the connection failed, and not that we have a bug.</summary>
    /// <remarks>MQTTnet sets its parts to null while it disconnects, so a call at that moment can end in a NullReferenceException.</remarks>
    public static bool IsConnectionFault(Exception exception) => exception is
        MqttCommunicationException or MqttProtocolViolationException or SocketException or IOException or AuthenticationException
        or ObjectDisposedException or NullReferenceException;

    /// <summary>What went wrong, in our own words.</summary>
    public static string Describe(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SocketException socket:
                    return $"socket error {socket.SocketErrorCode}";
                case AuthenticationException:
                    return "the TLS handshake failed";
                case MqttProtocolViolationException:
                    return "the broker broke the protocol";
                case MqttCommunicationException when e.InnerException is not null:
                    break;
                case MqttCommunicationException or IOException or ObjectDisposedException or NullReferenceException:
                    return "the connection was closed";
                default:
                    break;
            }
        }

        return exception.GetType().Name;
    }
}
