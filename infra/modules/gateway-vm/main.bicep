metadata name = 'Simulated gateway'
metadata description = 'A virtual machine with a virtual TPM and the IoT Edge runtime, to try a fleet without hardware. No public address; people come in by key.'

@description('Required. Name that all resources of the environment share.')
param baseName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace for metrics.')
param workspaceId string

@description('Required. Resource id of the subnet.')
param subnetId string

@description('Required. Public key of the administrator, as in authorized_keys.')
param sshPublicKey string

@description('Optional. Name of the administrator.')
param adminUsername string = 'operator'

@description('Optional. Size of the machine; must know trusted launch and encryption at host.')
param vmSize string = 'Standard_B2s_v2'

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

resource networkInterface 'Microsoft.Network/networkInterfaces@2024-07-01' = {
  name: 'nic-${baseName}-gateway'
  location: location
  tags: tags
  properties: {
    ipConfigurations: [
      { name: 'gateway', properties: { privateIPAllocationMethod: 'Dynamic', subnet: { id: subnetId } } }
    ]
  }
}

resource machine 'Microsoft.Compute/virtualMachines@2024-11-01' = {
  name: 'vm-${baseName}-gateway'
  location: location
  tags: tags
  properties: {
    hardwareProfile: { vmSize: vmSize }
    securityProfile: {
      securityType: 'TrustedLaunch'
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true }
      encryptionAtHost: true
    }
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }
      osDisk: { createOption: 'FromImage', managedDisk: { storageAccountType: 'Premium_LRS' } }
    }
    osProfile: {
      computerName: 'gateway'
      adminUsername: adminUsername
      customData: loadFileAsBase64('cloud-init.yaml')
      linuxConfiguration: {
        disablePasswordAuthentication: true
        ssh: { publicKeys: [{ path: '/home/${adminUsername}/.ssh/authorized_keys', keyData: sshPublicKey }] }
      }
    }
    diagnosticsProfile: { bootDiagnostics: { enabled: true } }
    networkProfile: { networkInterfaces: [{ id: networkInterface.id }] }
  }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource machineDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: machine
  properties: { workspaceId: workspaceId, metrics: [{ category: 'AllMetrics', enabled: true }] }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource interfaceDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: networkInterface
  properties: { workspaceId: workspaceId, metrics: [{ category: 'AllMetrics', enabled: true }] }
}

@description('Name of the machine.')
output name string = machine.name
