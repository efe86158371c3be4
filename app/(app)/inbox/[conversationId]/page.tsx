/** The thread itself is drawn by the layout, which also stays for the lead's page. */
export default function ConversationPage() {
  return null;
}
