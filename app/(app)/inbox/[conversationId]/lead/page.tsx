/** On a phone the layout shows the lead at this address, and the thread at the one above. */
export default function LeadPage() {
  return null;
}
