using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader;
using Sallyport.SkippingReader;

// ModbusReader as it is, but for one reading that it forgets. The check at the end of the chain must notice.
HostApplicationBuilder builder = EdgeModule.CreateBuilder(args);
builder.Services.AddModbusReader();
builder.Services.Replace(ServiceDescriptor.Singleton<Func<ConnectionPlan, IModbusMaster>>(
    provider => plan => new SkippingMaster(provider.GetRequiredService<ModbusMasterFactory>().Create(plan))));
return await EdgeModule.RunAsync(builder.Build());
