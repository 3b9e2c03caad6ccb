## Signing: papers go the way of those who sign them

signing-menu = Digital signing
signing-queue = Documents waiting for signature
