using '../main.bicep'

param environmentName = 'prod'
param alertEmails = ['on-call@example.com', 'security@example.com']
param gatewayIds = ['gw-0001', 'gw-0001-buffer', 'gw-0002', 'gw-0002-buffer']
param iotHub = { skuName: 'S1', capacity: 2 }
