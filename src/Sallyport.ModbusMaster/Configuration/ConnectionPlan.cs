namespace Sallyport.ModbusMaster.Configuration;

/// <summary>One TCP connection, shared by all units behind it.</summary>
/// <param name="Name">As configured.</param>
/// <param name="Endpoint">Where it leads to.</param>
/// <param name="Timeout">How long one request may take.</param>
/// <param name="ConnectTimeout">How long connecting may take, name resolution included.</param>
public sealed record ConnectionPlan(string Name, ModbusEndpoint Endpoint, TimeSpan Timeout, TimeSpan ConnectTimeout);
