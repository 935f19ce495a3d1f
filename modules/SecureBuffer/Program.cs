using Microsoft.Extensions.Hosting;
using Sallyport.Hosting;
using Sallyport.SecureBuffer;

HostApplicationBuilder builder = EdgeModule.CreateBuilder(args);
builder.Services.AddSecureBuffer();
return await EdgeModule.RunAsync(builder.Build());
