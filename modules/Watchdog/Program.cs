using Microsoft.Extensions.Hosting;
using Sallyport.Watchdog;
using Sallyport.Hosting;

HostApplicationBuilder builder = EdgeModule.CreateBuilder(args);
builder.Services.AddWatchdog();
return await EdgeModule.RunAsync(builder.Build());
