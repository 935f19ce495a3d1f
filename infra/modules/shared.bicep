metadata name = 'Shared types'
metadata description = 'What several modules speak of: roles, and who gets them.'

@export()
@description('One role for one identity on the resource of a module.')
type roleAssignmentType = {
  @description('Required. Object id of the identity.')
  principalId: string

  @description('Required. A name in `roleIds`.')
  role: string

  @description('Required. What the identity does with it.')
  why: string
}

@export()
@description('Built-in roles by name. Nothing else is assigned.')
var roleIds = {
  'Azure Event Hubs Data Receiver': 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde'
  'Azure Event Hubs Data Sender': '2b629674-e913-4c01-ae53-ef4638d8f975'
  'IoT Hub Data Contributor': '4fc6c259-987e-4a07-842e-c321cc9d413f'
  'IoT Hub Twin Contributor': '494bdba2-168f-4f31-a0a1-191d2f7c028c'
  'Key Vault Crypto User': '12338af0-0e69-4776-bea7-57ae8d297424'
  'Log Analytics Reader': '73c42c96-874c-492b-b04d-ab87d138a893'
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb'
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
}
